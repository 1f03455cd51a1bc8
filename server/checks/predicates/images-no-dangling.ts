// `images.noDangling`: no image has lost its last name.

import { z } from 'zod';
import type { ImageState } from '../../engine/types.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { lastDocker } from './commands.ts';

const params = z.strictObject({});

export const imagesNoDangling: Predicate<z.infer<typeof params>> = {
  type: 'images.noDangling',
  summary: 'no image stands as `<none>`',
  params,
  async evaluate(world) {
    const dangling = (await world.engine.images()).filter(({ tags }) => tags.length === 0);
    return dangling.length === 0 ? pass : left(world, dangling);
  },
};

async function left(world: World, dangling: readonly ImageState[]): Promise<Outcome> {
  const prune = lastDocker(world, ['image prune', 'system prune']);
  const containers = await world.engine.containers();
  const holders = containers.filter(({ imageId }) => dangling.some(({ id }) => id === imageId));
  const heldIds = new Set(holders.map(({ imageId }) => imageId));
  if (dangling.every(({ id }) => heldIds.has(id))) {
    const names = holders.map(({ name }) => name);
    return fail(
      `An image without a name is held by ${names.length === 1 ? 'the container' : 'the containers'} ${listed(names)}, so it can't be pruned. Remove ${names.length === 1 ? 'it' : 'them'} with ${code(`docker rm -f ${names.join(' ')}`)}, then prune again.`,
    );
  }
  if (prune && !/Total reclaimed space/.test(prune.record.output)) {
    return specificFail(
      'Nothing was pruned: the question waits for `y`, and anything else means no. Run it again and answer `y`, or add `-f`.',
    );
  }
  const ids = dangling.map(({ id }) => id.replace('sha256:', '').slice(0, 12));
  return fail(
    `${ids.length === 1 ? 'An image' : `${ids.length} images`} without a name ${ids.length === 1 ? 'stands' : 'stand'} as \`<none>\` (${listed(ids)}); this step asks you to remove ${ids.length === 1 ? 'it' : 'them'}.`,
  );
}
