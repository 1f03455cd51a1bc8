// `container.running`: a container of this name runs this image with this port published.

import { z } from 'zod';
import type { ContainerState } from '../../engine/types.ts';
import { reference, sameReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { type Predicate, pass, type World } from '../types.ts';
import { changesOfContainer, firstMoment } from './comings-and-goings.ts';
import { failAfter } from './commands.ts';
import { wrongInside } from './container-inside.ts';
import { notRunning, otherName } from './container-missing.ts';
import { containerParam, imageParam } from './params.ts';

const params = z.strictObject({
  name: containerParam.describe('name of the container'),
  image: imageParam.describe('image that it must be made from'),
  publish: z
    .string()
    .regex(/^\d+:\d+$/, 'HOST:CONTAINER')
    .optional()
    .describe('published port, as in `-p`: port on this machine, port in the container'),
  detached: z.literal(true).optional().describe('true: it must not hold the terminal'),
  volume: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*:\/\S+$/, 'NAME:/path')
    .optional()
    .describe('mounted volume, as in `-v`: its name, path in the container'),
  env: z.record(z.string(), z.string()).optional().describe('environment variables, as in `-e`: name and value'),
});
type RunningParams = z.infer<typeof params>;

const verbs = ['run', 'start', 'create'];

export const containerRunning: Predicate<RunningParams> = {
  type: 'container.running',
  summary: 'a container of this name runs this image',
  params,
  async wasSo({ journal }, { name, image, ...more }, afterMs) {
    // Of how it was started, no event tells.
    if (Object.values(more).some((value) => value !== undefined)) return null;
    const changes = changesOfContainer(journal, name, {
      begins: (event) => event.action === 'start' && sameReference(event.image ?? '', image),
      ends: ({ action }) => action === 'die',
    });
    return firstMoment([changes], true, afterMs);
  },
  async evaluate(world, wanted) {
    const containers = await world.engine.containers();
    const container = containers.find(({ name }) => name === wanted.name);
    const made = await fromImage(world, wanted.image);
    const problem = container
      ? (wrongImage(container, wanted, made) ??
        notRunning(container, containers, wanted) ??
        wrongPort(container, wanted) ??
        (await wrongInside(world, container, wanted)) ??
        holdsTerminal(world, container, wanted))
      : otherName(world, containers.filter(made), wanted);
    if (problem === null) return pass;
    return typeof problem === 'string' ? failAfter(world, verbs, problem) : problem;
  },
};

/** Tells containers that were made from this image, also after the name moved on. */
async function fromImage(world: World, image: string): Promise<(container: ContainerState) => boolean> {
  const id = (await world.engine.image(reference(image).familiar))?.id;
  return (container) =>
    sameReference(container.image, image) ||
    (id !== undefined && container.imageId === id && !/[:/]/.test(container.image));
}

function again(name: string): string {
  return `${code(`docker rm -f ${name}`)} and start it again.`;
}

function wrongImage(
  container: ContainerState,
  { name, image }: RunningParams,
  made: (container: ContainerState) => boolean,
): string | null {
  if (made(container)) return null;
  return `${code(name)} is made from ${code(container.image)}; this step asks for ${code(image)}. ${again(name)}`;
}

function wrongPort(container: ContainerState, { publish }: RunningParams): string | null {
  if (publish === undefined) return null;
  const [hostPort, containerPort] = publish.split(':').map(Number) as [number, number];
  const { name, ports } = container;
  if (ports.some((port) => port.hostPort === hostPort && port.containerPort === containerPort)) return null;
  const sameHost = ports.find((port) => port.hostPort === hostPort);
  if (sameHost) {
    return `Port \`${hostPort}\` leads to port \`${sameHost.containerPort}\` inside ${code(name)}, but its program listens on \`${containerPort}\` there: \`-p ${publish}\`. ${again(name)}`;
  }
  const [published] = ports;
  if (published) {
    return `${code(name)} runs, but on port \`${published.hostPort}\`; this step asks for \`${hostPort}\`. ${again(name)}`;
  }
  return `${code(name)} runs, but no port is published, so nobody outside its container can reach it. ${again(name).replace('.', `, with \`-p ${publish}\`.`)}`;
}

function holdsTerminal(world: World, container: ContainerState, { detached }: RunningParams): string | null {
  if (!detached || !container.attached || startedLater(world, container)) return null;
  return `${code(container.name)} runs, but it holds your terminal. Press Ctrl-C, then ${code(`docker rm -f ${container.name}`)}, and start it again with \`-d\`.`;
}

/** Whether a `docker start` set it going, which leaves the terminal alone however it was made. */
function startedLater(world: World, container: ContainerState): boolean {
  const actions = world.journal
    .events()
    .filter(({ id }) => id === container.id)
    .map(({ action }) => action);
  const sinceDeath = actions.slice(actions.lastIndexOf('die') + 1);
  return sinceDeath.includes('start') && !sinceDeath.includes('attach');
}
