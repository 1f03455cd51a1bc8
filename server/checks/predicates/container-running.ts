// `container.running`: a container of this name runs this image with this port published.

import { z } from 'zod';
import type { ContainerState } from '../../engine/types.ts';
import { parseReference, reference, sameReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { type Predicate, pass, specificFail, type World } from '../types.ts';
import { changesOfContainer, firstMoment } from './comings-and-goings.ts';
import { failAfter } from './commands.ts';
import { wrongInside } from './container-inside.ts';
import { notRunning, otherName } from './container-missing.ts';
import { misplaced, otherProgram } from './container-program.ts';
import { publishSlip, wrongPort } from './container-publish.ts';
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
  program: z
    .string()
    .min(1)
    .optional()
    .describe("program that it must run, as a word of the container's command; without it any may run"),
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
        misplaced(world, container) ??
        otherProgram(container, wanted.program) ??
        notRunning(container, containers, wanted) ??
        wrongPort(container, wanted.publish) ??
        (await wrongInside(world, container, wanted)) ??
        holdsTerminal(world, container, wanted))
      : otherName(world, containers.filter(made), wanted);
    if (problem === null) return pass;
    const slip = publishSlip(world, wanted.publish);
    if (slip) return specificFail(slip);
    return typeof problem === 'string' ? failAfter(world, verbs, problem) : problem;
  },
};

/** Tells containers that were made from this image by its name, its digest or its ID, also after the name moved on. */
async function fromImage(world: World, image: string): Promise<(container: ContainerState) => boolean> {
  const asked = reference(image);
  const found = await world.engine.image(asked.familiar);
  const isDigest = (name: string) => {
    const typed = parseReference(name).reference;
    return typed?.digest !== null && typed?.familiarName === asked.familiarName;
  };
  return ({ image: name, imageId }) =>
    sameReference(name, image) ||
    (imageId === found?.id &&
      (isDigest(name) || found.id.replace('sha256:', '').startsWith(name.replace('sha256:', ''))));
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
