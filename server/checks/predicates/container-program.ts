// What a container was told to run, where that is not what its image runs: options that went astray, another program.

import type { ContainerState } from '../../engine/types.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, specificFail, type World } from '../types.ts';
import { lastDocker } from './commands.ts';

const OPTION = /^(-d|-p|-dp|--publish|--name|--detach)(=|$)/;

/** The container with the right name stopped as it was given Docker's options; null where that is not so. */
export function misplaced(world: World, container: ContainerState): Outcome | null {
  if (!tookOptions(container)) return null;
  const message = wordsFor(container);
  return isNewest(world) ? specificFail(message) : fail(message);
}

/** The same of a container with another name: only right after the command that made it, as others don't depend on it. */
export function justMisplaced(world: World, containers: readonly ContainerState[]): Outcome | null {
  const confused = containers.find(tookOptions);
  return confused && isNewest(world) ? specificFail(wordsFor(confused)) : null;
}

/** The container runs, or ran, something else than the program that is asked for. */
export function otherProgram({ name, command }: ContainerState, program: string | undefined): string | null {
  if (program === undefined || command.includes(program)) return null;
  return `${code(name)} was told to run ${code(command.join(' '))}, not ${code(program)}; this step asks for the image's own program. ${code(`docker rm -f ${name}`)} and start it again, with nothing after the image.`;
}

function tookOptions({ state, command }: ContainerState): boolean {
  return state !== 'running' && command.some((word) => OPTION.test(word));
}

function isNewest(world: World): boolean {
  const run = lastDocker(world, ['run', 'create']);
  return run?.command.args.slice(1).some((word) => OPTION.test(word)) === true;
}

function wordsFor({ name, image }: ContainerState): string {
  return `What you typed after ${code(image)} went to the program inside the container, not to Docker. Put \`-d\`, \`-p\` and \`--name\` before the image; ${code(`docker rm ${name}`)} clears the attempt.`;
}
