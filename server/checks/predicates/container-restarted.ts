// `container.restarted`: one container was stopped and runs again.

import { z } from 'zod';
import type { EngineEvent } from '../../engine/types.ts';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { failAfter } from './commands.ts';
import { containerParam } from './params.ts';

const params = z.strictObject({ name: containerParam.describe('name of the container') });

const verbs = ['run', 'start', 'stop', 'restart'];

export const containerRestarted: Predicate<z.infer<typeof params>> = {
  type: 'container.restarted',
  summary: 'one container was stopped and runs again',
  params,
  async evaluate(world, { name }) {
    const container = (await world.engine.containers()).find((one) => one.name === name);
    if (!container)
      return fail(
        `No container is called ${code(name)} any more; this step asks you to stop and start it, not to remove it.`,
      );
    const events = world.journal.events().filter(({ kind }) => kind === 'container');
    const own = events.filter(({ id }) => id === container.id);
    const stopped = own.findIndex(isStop);
    if (container.state !== 'running') {
      return failAfter(
        world,
        verbs,
        `${code(name)} is stopped now, and it is still the same container. This step asks you to start it again: ${code(`docker start ${name}`)}.`,
      );
    }
    if (own.some(({ action }, index) => action === 'start' && stopped !== -1 && index > stopped)) return pass;
    if (events.some((event) => event.name === name && event.id !== container.id && isStop(event))) {
      return failAfter(
        world,
        verbs,
        `This is a new container called ${code(name)}; the one that you stopped is gone with all it held. Stop this one and start it with ${code(`docker start ${name}`)}.`,
      );
    }
    return fail(
      `${code(name)} runs and hasn't been stopped yet; this step asks you to stop it, then to start it again.`,
    );
  },
};

function isStop({ action }: EngineEvent): boolean {
  return action === 'die' || action === 'stop';
}
