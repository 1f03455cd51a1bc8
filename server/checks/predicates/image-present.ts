// `image.present`: this machine has an image of exactly this name.

import { z } from 'zod';
import { parseReference, type Reference, reference } from '../../reference.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { lastDocker } from './commands.ts';
import { namedImage } from './local-images.ts';
import { difference, isTypo } from './near-miss.ts';
import { imageParam } from './params.ts';
import { unreachable } from './reach.ts';

const params = z.strictObject({ image: imageParam.describe('the name that must be here, `nginx:latest`') });

export const imagePresent: Predicate<z.infer<typeof params>> = {
  type: 'image.present',
  summary: 'this machine has an image of exactly this name',
  params,
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
  const pulled = lastDocker(world, ['pull', 'run']);
  const seen = pulled ? parseReference(pulled.command.args[0] ?? '').reference : undefined;
  const oneWord = pulled?.command.verb === 'run' || pulled?.command.args.length === 1;
  if (pulled && seen && oneWord) {
    const refused = pulled.record.exitCode === 0 ? null : await refusal(world, seen, asked);
    const message = refused ?? difference(seen, asked, pulled.record.exitCode === 0 ? 'pulled' : 'asked for');
    if (message) return specificFail(message);
  }
  return fail(`${code(asked.familiar)} isn't on this machine yet, and this step asks you to pull it.`);
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
  const tags = await world.registry(seen.registry).tags(seen.repository);
  if (!tags || tags.length === 0) {
    const repositories = await world.registry(seen.registry).repositories();
    const instead = repositories.length === 0 ? 'it is empty' : `it holds ${listed(repositories)}`;
    return `Your registry has no repository ${code(seen.repository)}; ${instead}. This step asks for ${code(asked.familiar)}.`;
  }
  if (seen.tag === null || tags.includes(seen.tag)) return null;
  const implied = seen.tag === 'latest' ? ' (no tag typed means `latest`)' : '';
  return `You asked for ${code(seen.familiar)}${implied}, but ${code(seen.repository)} in your registry has only ${listed(tags)}. This step asks for ${code(asked.familiar)}.`;
}
