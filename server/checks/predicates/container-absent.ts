// `container.absent`: no container has this name, not even a stopped one.

import { z } from 'zod';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass, specificFail } from '../types.ts';
import { changesOfContainer, firstMoment } from './comings-and-goings.ts';
import { lastDocker } from './commands.ts';
import { containerParam } from './params.ts';

const params = z.strictObject({ name: containerParam.describe('name of the container') });

export const containerAbsent: Predicate<z.infer<typeof params>> = {
  type: 'container.absent',
  summary: 'no container has this name, not even a stopped one',
  params,
  async wasSo({ journal }, { name }, afterMs) {
    const changes = changesOfContainer(journal, name, {
      begins: ({ action }) => action === 'create',
      ends: ({ action }) => action === 'destroy',
    });
    return firstMoment([changes], false, afterMs);
  },
  async evaluate(world, { name }) {
    const container = (await world.engine.containers()).find((one) => one.name === name);
    if (!container) return pass;
    const removal = lastDocker(world, ['rm', 'stop', 'kill']);
    const image = await world.engine.image(container.imageId);
    if (container.state !== 'running' && container.state !== 'paused') {
      const still = image
        ? 'is stopped, but it is still there, and keeps its image'
        : 'is still there, stopped, though its image is gone';
      const message = `${code(name)} ${still}. Remove it with ${code(`docker rm ${name}`)}.`;
      return removal ? specificFail(message) : fail(message);
    }
    if (removal?.command.verb === 'rm' && removal.record.exitCode !== 0 && removal.command.args.includes(name)) {
      return specificFail(
        `${code(name)} runs, and a running container isn't removed. First ${code(`docker stop ${name}`)}, then ${code(`docker rm ${name}`)}.`,
      );
    }
    if (image && image.tags.length === 0) {
      return fail(
        `You only removed the name: the image stays as \`<none>\`, and the container ${code(name)} goes on. Stop and remove it with ${code(`docker rm -f ${name}`)}, then remove the image.`,
      );
    }
    return fail(`The container ${code(name)} runs; this step asks you to stop it and remove it.`);
  },
};
