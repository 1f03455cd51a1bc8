// `image.pulled`: a name is here because it was pulled, not because it was given by `docker tag`.

import { z } from 'zod';
import type { EngineEvent, ImageState } from '../../engine/types.ts';
import { parseReference, type Reference, reference, sameReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { fail, notYet, type Predicate, pass } from '../types.ts';
import { isPull, removalsOf } from './comings-and-goings.ts';
import { missing } from './image-present.ts';
import { namedImage } from './local-images.ts';
import { imageParam } from './params.ts';

const params = z.strictObject({
  image: imageParam.describe('the name that must have been pulled'),
  afterRemoval: z
    .boolean()
    .optional()
    .describe('true: the image must have been removed before, so that the pull fetched it'),
});

export const imagePulled: Predicate<z.infer<typeof params>> = {
  type: 'image.pulled',
  summary: 'a name is here because it was pulled, not because it was given by `docker tag`',
  params,
  async wasSo(world, { image, afterRemoval = false }, afterMs) {
    const { familiar } = reference(image);
    const events = world.journal.events();
    const removals = afterRemoval
      ? await removalsOf(world, events, familiar, world.journal.idsOf(familiar))
      : new Set<EngineEvent>();
    const moment = events.find((event, index) => {
      if (!isPull(event, familiar) || event.atMs < afterMs) return false;
      return !afterRemoval || historyOf(events.slice(0, index + 1), familiar, removals).fetched;
    });
    return moment?.atMs ?? null;
  },
  async evaluate(world, { image, afterRemoval = false }) {
    const asked = reference(image);
    const found = await namedImage(world, asked);
    if (!found) return missing(world, asked);
    const events = world.journal.events();
    const ids = world.journal.idsOf(image);
    const removals = afterRemoval
      ? await removalsOf(world, events, asked.familiar, [found.id, ...ids])
      : new Set<EngineEvent>();
    const history = historyOf(events, asked.familiar, removals);
    // What was pulled while the lesson was being prepared, which no event tells.
    const cameBefore = ids.includes(found.id) && hasDigestOf(found, asked);
    if (history.made === null && cameBefore && !afterRemoval) return pass;
    if (history.made === null)
      return notYet(
        `${code(asked.familiar)} is here, but not from a pull in this lesson; this step asks you to pull it.`,
      );
    if (history.made === 'tag') {
      return fail(
        `${code(asked.familiar)} is here, but you made it with \`docker tag\`; this step asks you to pull it. Remove it and pull.`,
      );
    }
    if (!afterRemoval || history.fetched) return pass;
    return fail(
      `${code(asked.familiar)} was here already when you pulled it, so nothing travelled. Remove it with ${code(`docker rmi ${asked.familiar}`)}, then pull.`,
    );
  },
};

/** A pull from a repository gives an image that repository's digest; `docker tag` does not. */
function hasDigestOf({ digests }: ImageState, { familiarName }: Reference): boolean {
  return digests.some((digest) => parseReference(digest).reference?.familiarName === familiarName);
}

interface History {
  /** How the name came to be, the newest time. */
  made: 'pull' | 'tag' | null;
  /** Whether a pull followed a removal, and no tag followed that pull. */
  fetched: boolean;
}

function historyOf(events: readonly EngineEvent[], name: string, removals: ReadonlySet<EngineEvent>): History {
  const history: History = { made: null, fetched: false };
  let removed = false;
  for (const event of events.filter(({ kind }) => kind === 'image')) {
    if (removals.has(event)) {
      removed = true;
    } else if (event.action === 'tag' && sameReference(event.name, name)) {
      history.made = 'tag';
      history.fetched = removed = false;
    } else if (isPull(event, name)) {
      history.made = 'pull';
      history.fetched ||= removed;
      removed = false;
    }
  }
  return history;
}
