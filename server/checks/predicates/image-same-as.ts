// `image.sameAs`: a name stands for the same image as another.

import { z } from 'zod';
import { parseReference, type Reference, reference, sameReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { makes } from './comings-and-goings.ts';
import { failAfter, lastDocker, stepBeganMs } from './commands.ts';
import { idOf, namedImage, namesOf } from './local-images.ts';
import { difference, typedDifference } from './near-miss.ts';
import { imageParam } from './params.ts';

const params = z.strictObject({
  image: imageParam.describe('the name that must exist'),
  as: imageParam.describe('the name whose image it must stand for'),
  kept: z.literal(true).optional().describe('true: that name must not have been moved there by `docker tag` itself'),
});

export const imageSameAs: Predicate<z.infer<typeof params>> = {
  type: 'image.sameAs',
  summary: 'a name stands for the same image as another',
  params,
  async evaluate(world, { image, as, kept }) {
    const [asked, source] = [reference(image), reference(as)];
    const [target, id] = [await namedImage(world, asked), await idOf(world, source)];
    if (id === null) {
      return failAfter(
        world,
        ['tag'],
        `${code(source.familiar)} isn't on this machine, so there is nothing to give a name. Pull it first.`,
      );
    }
    if (target?.id === id) return kept && wasMoved(world, id, source) ? movedSource(world, asked, source) : pass;
    return target ? otherImage(world, target.id, asked, source) : notNamed(world, id, asked, source);
  },
};

/** Whether a tag, and no pull since, gave the name an image that was not always its own. */
function wasMoved({ journal }: World, id: string, source: Reference): boolean {
  const ids = journal.idsOf(source.familiar);
  // The engine is asked, and may be ahead of what it has told: the event of this very move is still to come.
  if (ids.length > 0 && !ids.includes(id)) return true;
  const made = journal.events().findLast((event) => makes(event, source.familiar));
  return made?.action === 'tag' && ids.some((other) => other !== id);
}

function movedSource(world: World, asked: Reference, source: Reference): Outcome {
  return failAfter(
    world,
    ['tag'],
    `You gave the name ${code(source.familiar)} to the image of ${code(asked.familiar)}, and this step asks for the other way round: \`docker tag SOURCE TARGET\`. Get it back with ${code(`docker pull ${source.familiar}`)}, then tag again.`,
  );
}

async function otherImage(world: World, id: string, asked: Reference, source: Reference): Promise<Outcome> {
  const miss = taggedElsewhere(world, asked);
  if (miss) return specificFail(miss);
  const other = (await namesOf(world, id)).find((name) => !sameReference(name, asked.familiar));
  return fail(
    `${code(asked.familiar)} stands for ${other ? code(other) : 'another image'}, not for ${code(source.familiar)}. Tag again: \`docker tag\` moves a name.`,
  );
}

async function notNamed(world: World, id: string, asked: Reference, source: Reference): Promise<Outcome> {
  const tagging = lastDocker(world, ['tag']);
  const [from = '', to = ''] = tagging?.command.args ?? [];
  if (tagging && sameReference(from, asked.familiar) && sameReference(to, source.familiar)) {
    return specificFail(
      `You named the new name first. It is \`docker tag SOURCE TARGET\`: the image that you have, then ${code(asked.familiar)}.`,
    );
  }
  const made = await newestName(world, id, asked, source);
  const message = made && difference(made, asked, 'tagged', tagging?.command.args[1]);
  // Of what failed since, Docker's own error tells first.
  if (message && !tagging) return fail(message);
  if (message && tagging?.record.exitCode === 0) return specificFail(message);
  const other = taggedElsewhere(world, asked);
  if (other) return specificFail(other);
  return fail(`This step asks for the name ${code(asked.familiar)} on the image of ${code(source.familiar)}.`);
}

/** How the name that the last command gave differs from the one that is asked for; null where it gave none, or that one. */
function taggedElsewhere(world: World, asked: Reference): string | null {
  const tagging = lastDocker(world, ['tag']);
  return tagging?.record.exitCode === 0 ? typedDifference(tagging.command.args[1], asked, 'tagged') : null;
}

/** The name that this image was given last in this step. */
async function newestName(world: World, id: string, asked: Reference, source: Reference): Promise<Reference | null> {
  const names = await namesOf(world, id);
  const since = stepBeganMs(world);
  for (const event of world.journal.events().toReversed()) {
    if (event.atMs < since) break;
    if (event.kind !== 'image' || event.action !== 'tag' || !names.some((name) => sameReference(name, event.name)))
      continue;
    const name = parseReference(event.name).reference;
    if (name && !name.equals(asked) && !name.equals(source)) return name;
  }
  return null;
}
