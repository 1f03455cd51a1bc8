// `Show me`: types a step's solution into the learner's own terminal, where they watch it.

import type { World } from '../checks/types.ts';
import type { LessonStep } from '../lessons/parse.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { Typist, withAnswers } from '../terminal/typist.ts';
import { filled, valuesOf } from './values.ts';

const COMMAND_MS = 60_000;
const INTERRUPTED = 130;

export interface DemonstrationOptions {
  sandbox: Sandbox;
  step: LessonStep;
  world: World;
  /** The byte of the terminal after the last command's end: what the prompt shows stands behind it. */
  promptByte: number;
  signal: AbortSignal;
}

/**
 * Resolves as soon as the shell is reached; `typed` then tells how it ended: false where a command did not end, was
 * interrupted by the learner, or a placeholder had no value.
 */
export async function demonstrate(options: DemonstrationOptions): Promise<{ typed: Promise<boolean> }> {
  const { sandbox, promptByte, signal } = options;
  const typist = await Typist.connect({
    shellSocket: sandbox.shellSocket,
    nonce: sandbox.nonce,
    from: promptByte,
    signal,
  });
  return { typed: typeAll(typist, options).finally(() => typist.close()) };
}

async function typeAll(typist: Typist, { step, world, signal }: DemonstrationOptions): Promise<boolean> {
  // What the learner has half typed would become part of the command.
  await typist.clearPrompt();
  for (const lines of withAnswers(step.solution)) {
    // Only now: the command before may have made what a placeholder stands for.
    const values = await valuesOf(step.fills, world);
    const ready = lines.map((line) => filled(line, step.fills, values));
    if (signal.aborted || ready.includes(null)) return false;
    const ended = await typist.type(ready as string[], { commandMs: COMMAND_MS, enough: () => signal.aborted });
    if (!ended || typist.exitCode === INTERRUPTED) return false;
  }
  return true;
}
