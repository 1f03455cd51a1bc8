// Why nothing answers at a registry's address, as far as the learner's containers tell.

import type { ContainerState } from '../../engine/types.ts';
import { parseReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { fail, notYet, type Outcome, specificFail, type World } from '../types.ts';
import { curlRequests, lastDocker, newestFirst } from './commands.ts';

/** Null where a registry answers. Once a running container publishes the port, time may heal the rest. */
export async function unreachable(world: World, host: string): Promise<Outcome | null> {
  const status = await world.registry(host).status();
  if (status === 'up' || status === 'login-required') return null;
  if (status === 'not-a-registry')
    return fail(`Something answers at ${code(host)}, but it isn't a registry. Look at \`docker ps\`.`);
  const containers = await world.engine.containers();
  const port = Number(host.split(':')[1] ?? 80);
  const publisher = containers.find((container) => container.state === 'running' && publishes(container, port));
  if (publisher) {
    return notYet(
      `${code(publisher.name)} runs, but nothing answers at ${code(host)} yet. \`docker logs ${publisher.name}\` shows what it does.`,
    );
  }
  const message = `Nothing answers at ${code(host)}${because(containers)}`;
  return aboutThisHost(world) ? specificFail(message) : fail(message);
}

function because(containers: readonly ContainerState[]): string {
  const registries = containers.filter(isRegistry);
  const running = registries.find(({ state }) => state === 'running');
  if (running?.ports[0]) {
    return `: ${code(running.name)} publishes port \`${running.ports[0].hostPort}\` instead. Look at \`docker ps\`.`;
  }
  const stopped = registries.find(({ state }) => state === 'exited' || state === 'created');
  if (stopped)
    return `: the container ${code(stopped.name)} is stopped. Start it with ${code(`docker start ${stopped.name}`)}.`;
  return ': no registry runs. Start one with `docker run -d -p 5000:5000 --name registry registry:2`.';
}

export function publishes(container: ContainerState, port: number): boolean {
  return container.ports.some(({ hostPort }) => hostPort === port);
}

function isRegistry(container: ContainerState): boolean {
  return container.name === 'registry' || parseReference(container.image).reference?.repository === 'library/registry';
}

function aboutThisHost(world: World): boolean {
  const [newest] = newestFirst(world);
  if (!newest) return false;
  return lastDocker(world, ['push', 'pull']) !== null || curlRequests(newest).length > 0;
}
