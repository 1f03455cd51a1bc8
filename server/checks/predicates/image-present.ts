// `image.present`: this machine has an image of exactly this name.

import { z } from 'zod';
import { parseReference, type Reference, reference, sameReference } from '../../reference.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { changesOfName, firstMoment } from './comings-and-goings.ts';
import { lastDocker } from './commands.ts';
import { namedImage } from './local-images.ts';
import { difference, isTypo } from './near-miss.ts';
import { imageParam } from './params.ts';
import { unreachable } from './reach.ts';
import { slipAsking } from './typed-name.ts';

const params = z.strictObject({ image: imageParam.describe('the name that must be here, `nginx:latest`') });

export const imagePresent: Predicate<z.infer<typeof params>> = {
  type: 'image.present',
  summary: 'this machine has an image of exactly this name',
  params,
  wasSo: async (world, { image }, afterMs) => firstMoment([await changesOfName(world, image)], true, afterMs),
  async evaluate(world, { image }) {
    const asked = reference(image);
    return (await namedImage(world, asked)) ? pass : await missing(world, asked);
  },
};

/** What to say where the name that a step asks for is not on this machine. */
export async function missing(world: World, asked: Reference): Promise<Outcome> {
  if (!asked.isOnDockerHub) {
    const down = await unreachable(world, asked.registry);
    if (down) return down;
  }
  const pulling = await wrongPull(world, asked);
  if (pulling) return specificFail(pulling);
  const pushed = lastDocker(world, ['push']);
  if (pushed && sameReference(pushed.command.args[0] ?? '', asked.familiar)) {
    return specificFail(
      `\`docker push\` uploads an image, and \`docker pull\` downloads one. This step asks for ${code(`docker pull ${asked.familiar}`)}.`,
    );
  }
  return fail(`${code(asked.familiar)} isn't on this machine yet, and this step asks you to pull it.`);
}

/** How the last command was a try to pull this name and missed it; null where it was none. */
export async function wrongPull(world: World, asked: Reference): Promise<string | null> {
  const pulled = lastDocker(world, ['pull', 'run', 'create']);
  if (!pulled) return null;
  const { record, command } = pulled;
  const isPull = command.verb === 'pull';
  const slipped = slipAsking(isPull ? command.args : command.args.slice(0, 1), asked, isPull ? 'pull' : 'run');
  if (slipped) return slipped;
  const seen = parseReference(command.args[0] ?? '').reference;
  if (!seen || (isPull && command.args.length !== 1)) return null;
  // Whoever starts a registry does not try to pull something else.
  if (!isPull && seen.repository === 'library/registry') return null;
  const went = record.exitCode === 0;
  const did = !went ? 'asked for' : isPull ? 'pulled' : command.verb === 'run' ? 'ran' : 'made a container of';
  return (went ? null : await refusal(world, seen, asked)) ?? difference(seen, asked, did, command.args[0]);
}

/** Why the pull of a near miss was refused, or null where the difference says it better. */
async function refusal(world: World, seen: Reference, asked: Reference): Promise<string | null> {
  if (seen.registry !== asked.registry) return null;
  if (!asked.isOnDockerHub) return offered(world, seen, asked);
  if (seen.repository !== asked.repository) {
    if (!isTypo(seen.familiarName, asked.familiarName)) return null;
    return `Docker Hub has no image ${code(seen.familiarName)}; you probably mean ${code(asked.familiarName)}. This step asks for ${code(asked.familiar)}.`;
  }
  if (seen.tag === asked.tag) return null;
  return `${code(asked.familiarName)} exists, but has no tag ${code(seen.tag ?? '')}; this step asks for ${code(asked.familiar)}.`;
}

/** What the learner's own registry has instead of what they asked it for. */
async function offered(world: World, seen: Reference, asked: Reference): Promise<string | null> {
  // Who isn't let in is told so by Docker's own error.
  if ((await world.registry(seen.registry).status()) !== 'up') return null;
  const tags = await world.registry(seen.registry).tags(seen.repository);
  if (!tags || tags.length === 0) {
    const repositories = await world.registry(seen.registry).repositories();
    const instead = repositories.length === 0 ? 'it is empty' : `it holds ${listed(repositories)}`;
    const next = seen.equals(asked)
      ? `It has to be pushed once more: give an image the name ${code(asked.familiar)} with \`docker tag\` and push it, or start the lesson again.`
      : `This step asks for ${code(asked.familiar)}.`;
    return `Your registry has no repository ${code(seen.repository)}; ${instead}. ${next}`;
  }
  if (seen.tag === null || tags.includes(seen.tag)) return null;
  const implied = seen.tag === 'latest' ? ' (no tag typed means `latest`)' : '';
  return `You asked for ${code(seen.familiar)}${implied}, but ${code(seen.repository)} in your registry has only ${listed(tags)}. This step asks for ${code(asked.familiar)}.`;
}
