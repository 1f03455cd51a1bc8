// Why nothing answered at an address of this computer, as far as the learner's containers tell.

import type { ContainerState } from '../../engine/types.ts';
import { code } from '../quoted.ts';
import type { World } from '../types.ts';
import { because, isRegistry, publishes } from './reach.ts';

/** Null where a container publishes the port and it isn't certain that nothing answered. */
export async function unanswered(world: World, url: string, isCertain: boolean): Promise<string | null> {
  const { host, port, pathname } = new URL(url);
  const containers = await world.engine.containers();
  const wanted = Number(port || '80');
  const publisher = containers.find((one) => one.state === 'running' && publishes(one, wanted));
  if (publisher)
    return isCertain
      ? `Nothing answered at ${code(host)} when you asked. Now ${code(publisher.name)} publishes that port: ask again.`
      : null;
  const why = pathname.startsWith('/v2/')
    ? because(containers)
    : ofPages(
        containers.filter((one) => !isRegistry(one)),
        wanted,
      );
  return `Nothing answers at ${code(host)}${why}`;
}

function ofPages(containers: readonly ContainerState[], wanted: number): string {
  const running = containers.filter(({ state }) => state === 'running');
  const published = running.find(({ ports }) => ports.length > 0);
  const anew = (name: string, port: number) =>
    `Remove it with ${code(`docker rm -f ${name}`)} and start it again with ${code(`-p ${wanted}:${port}`)}.`;
  if (published?.ports[0]) {
    const { hostPort, containerPort } = published.ports[0];
    return `: ${code(published.name)} publishes port \`${hostPort}\` instead. ${anew(published.name, containerPort)}`;
  }
  if (running[0])
    return `: ${code(running[0].name)} runs, but publishes no port. Remove it with ${code(`docker rm -f ${running[0].name}`)} and start it again with \`-p\`.`;
  const stopped = containers.find(({ state }) => state === 'exited' || state === 'created');
  return stopped
    ? `: the container ${code(stopped.name)} is stopped. Start it with ${code(`docker start ${stopped.name}`)}.`
    : '. Look at `docker ps -a`: is the container running?';
}
