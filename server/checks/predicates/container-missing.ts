// What to say when the container that a step asks for does not run, or runs under another name.

import type { ContainerState } from '../../engine/types.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type World } from '../types.ts';
import { justMisplaced } from './container-program.ts';
import { publishes } from './reach.ts';

export interface WantedContainer {
  name: string;
  image: string;
  /** `HOST:CONTAINER` */
  publish?: string | undefined;
}

const dockerInvented = /^[a-z]+_[a-z]+\d*$/;

/** The container has the right name, but does not run. Null where it does. */
export function notRunning(
  container: ContainerState,
  all: readonly ContainerState[],
  { publish }: WantedContainer,
): string | null {
  const { name, state } = container;
  if (state === 'running') return null;
  const hostPort = hostPortOf(publish);
  if (state === 'created') {
    const others = all.filter(({ id, state }) => state === 'running' && id !== container.id);
    const takerOf = (port: number | null) => others.find((other) => port !== null && publishes(other, port));
    const wrong = publish && container.ports.find((port) => port.hostPort > 0 && port.hostPort !== hostPort);
    const [taker, wrongTaker] = [takerOf(hostPort), takerOf(wrong ? wrong.hostPort : null)];
    if (wrong && wrongTaker) {
      return `Port \`${wrong.hostPort}\` is taken by ${code(wrongTaker.name)}, so ${code(name)} was created but could not start. This step asks for ${code(`-p ${publish}`)}. Remove it with ${code(`docker rm ${name}`)} and run it again.`;
    }
    if (taker) {
      return `${code(taker.name)} already has port \`${hostPort}\`, so ${code(name)} was created but could not start. Remove both with ${code(`docker rm -f ${taker.name} ${name}`)}, then start again.`;
    }
    return `${code(name)} was created, but it doesn't run. Remove it with ${code(`docker rm ${name}`)}, mend the command and run it again.`;
  }
  if (state === 'paused') return `${code(name)} is paused. Let it go on with ${code(`docker unpause ${name}`)}.`;
  if (container.attached) {
    return `${code(name)} has stopped with the terminal it held. ${code(`docker rm ${name}`)} removes it; start it again with \`-d\`.`;
  }
  return `${code(name)} exists, but it is stopped. Start it with ${code(`docker start ${name}`)}.`;
}

/** No container has the name: perhaps one that was made from the image has another. */
export function otherName(world: World, made: readonly ContainerState[], wanted: WantedContainer): string | Outcome {
  const { name, image, publish } = wanted;
  const hostPort = hostPortOf(publish);
  const [newest] = made.filter((container) => !belongsElsewhere(world, container));
  const running =
    made
      .filter(({ state }) => state === 'running')
      .find((container) => hostPort !== null && publishes(container, hostPort)) ??
    (newest?.state === 'running' ? newest : undefined);
  if (running) {
    const under = dockerInvented.test(running.name) ? `${code(running.name)} that Docker invented` : code(running.name);
    const rightPort =
      publish === undefined || running.ports.some((port) => `${port.hostPort}:${port.containerPort}` === publish);
    if (rightPort)
      return `It runs under the name ${under}; this step asks for ${code(name)}: ${code(`docker rename ${running.name} ${name}`)}.`;
    return `${code(image)} runs under the name ${under}, without \`-p ${publish}\`; this step asks for both. Remove it with ${code(`docker rm -f ${running.name}`)} and start it again.`;
  }
  const confused = justMisplaced(world, made);
  if (confused) return confused;
  return fail(
    `This step asks for a container named ${code(name)}, made from ${code(image)}${publish === undefined ? '' : `, with \`-p ${publish}\``}; there is none yet.`,
  );
}

function hostPortOf(publish: string | undefined): number | null {
  return publish === undefined ? null : Number(publish.split(':')[0]);
}

/** Containers from before this lesson are no attempts at it. */
function belongsElsewhere(world: World, container: ContainerState): boolean {
  return !world.journal
    .events()
    .some(({ kind, id, action }) => kind === 'container' && id === container.id && action === 'create');
}
