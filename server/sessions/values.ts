// What a lesson's placeholders stand for in this learner's world.

import type { World } from '../checks/types.ts';
import type { Fill } from '../lessons/fences.ts';
import type { LessonStep } from '../lessons/parse.ts';
import { parseReference } from '../reference.ts';
import { withAnswers } from '../terminal/typist.ts';

const SHORT_ID = /^sha256:([0-9a-f]{12})/;

/** By placeholder; one that has no value now is left out. */
export async function valuesOf(fills: Readonly<Record<string, Fill>>, world: World): Promise<Record<string, string>> {
  const values = await Promise.all(
    Object.entries(fills).map(async ([name, fill]) => {
      const value = await ownValue(fill, world).catch(() => null);
      return value === null ? [] : [[name, value] as const];
    }),
  );
  return Object.fromEntries(values.flat());
}

/**
 * A step's solution, command by command with the answers to what it asks. Each is filled when it is asked for: the one
 * before may have made what a placeholder stands for. Throws where one has no value then.
 */
export async function* filledSolution(
  { solution, fills }: Pick<LessonStep, 'solution' | 'fills'>,
  world: World,
): AsyncGenerator<string[]> {
  for (const lines of withAnswers(solution)) {
    const values = await valuesOf(fills, world);
    yield lines.map((line) => filled(line, fills, values));
  }
}

function filled(line: string, fills: Readonly<Record<string, Fill>>, values: Readonly<Record<string, string>>): string {
  let text = line;
  for (const name of Object.keys(fills)) {
    const placeholder = `<${name}>`;
    if (!text.includes(placeholder)) continue;
    const value = values[name];
    if (value === undefined) throw new Error(`no value for ${placeholder} of: ${line}`);
    text = text.replaceAll(placeholder, () => value);
  }
  return text;
}

async function ownValue({ kind, arg }: Fill, world: World): Promise<string | null> {
  switch (kind) {
    case 'text':
      return arg;
    case 'image-id': {
      const id = (await world.engine.image(arg))?.id ?? world.journal.rememberedId(arg);
      return SHORT_ID.exec(id ?? '')?.[1] ?? null;
    }
    case 'digest': {
      const { reference } = parseReference(arg);
      if (!reference) return null;
      const manifest = await world
        .registry(reference.registry)
        .manifest(reference.repository, reference.tag ?? 'latest');
      return manifest?.digest ?? null;
    }
  }
}
