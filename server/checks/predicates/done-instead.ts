// What was done in a step with another name than the one that it asks for, as the engine's events tell.

import { parseReference, type Reference, sameReference } from '../../reference.ts';
import type { RegistryView } from '../../registry/types.ts';
import { lastAttempt } from '../attempt.ts';
import { pipelinesOf } from '../command-line.ts';
import { dockerCommand } from '../docker-command.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type World } from '../types.ts';
import { stepBeganMs } from './commands.ts';
import { namedImage } from './local-images.ts';
import { capital, difference, holderOf } from './near-miss.ts';

const mostMisses = 20;

/** Done in this step, and not with the name that it asks for. */
interface Miss {
  name: Reference;
  did: 'pushed' | 'tagged';
}

/**
 * What was done since the name that is asked for was pushed or tagged, newest first: pushes to its registry, and other
 * names for the image `id`.
 */
function missesInStep(world: World, asked: Reference, source: Reference | null, id: string | null): Miss[] {
  const since = stepBeganMs(world);
  const misses: Miss[] = [];
  if (didOtherwise(world)) return misses;
  for (const event of world.journal.events().toReversed()) {
    if (event.atMs < since || misses.length === mostMisses) break;
    if (event.kind !== 'image' || (event.action !== 'push' && event.action !== 'tag')) continue;
    const did = event.action === 'push' ? 'pushed' : 'tagged';
    const name = parseReference(did === 'pushed' ? event.id : event.name).reference;
    if (name?.equals(asked)) break;
    const counts = did === 'pushed' ? name?.registry === asked.registry : event.id === id && !sameName(name, source);
    if (name && counts) misses.push({ name, did });
  }
  return misses;
}

/** The newest attempt failed, or did something else: what was done before it is no answer to it. */
function didOtherwise({ journal }: World): boolean {
  const last = lastAttempt(journal);
  if (!last) return false;
  const verbs = pipelinesOf(last)
    .flat()
    .flatMap((simple) => dockerCommand(simple)?.verb ?? []);
  return last.exitCode !== 0 || (verbs.length > 0 && !verbs.some((verb) => verb === 'push' || verb === 'tag'));
}

/** Another name was pushed or made instead of the one that is asked for: what to say of it, where it stands for the image `id`. */
export async function doneInstead(
  world: World,
  asked: Reference,
  source: Reference,
  id: string,
): Promise<string | null> {
  const since = stepBeganMs(world);
  const tagged = world.journal
    .events()
    .some(({ action, name, atMs }) => action === 'tag' && atMs >= since && sameReference(name, asked.familiar));
  for (const { name, did } of missesInStep(world, asked, source, id)) {
    // Where the right name was given too, another is one that the step may ask for.
    if (did === 'tagged' && tagged) continue;
    if ((await namedImage(world, name))?.id === id) return difference(name, asked, did);
  }
  return null;
}

/** The right image is in the registry, or only here, under another name that was pushed or made in this step. */
export async function otherwiseNamed(
  world: World,
  registry: RegistryView,
  asked: Reference,
  { source, id, local }: { source: Reference | null; id: string | null; local: boolean },
): Promise<Outcome | null> {
  for (const { name, did } of missesInStep(world, asked, source, id)) {
    if (name.tag === null) continue;
    const imageId =
      did === 'pushed'
        ? (await registry.manifest(name.repository, name.tag))?.configDigest
        : (await namedImage(world, name))?.id;
    const message = imageId && (id === null || imageId === id) ? difference(name, asked, did) : null;
    if (message) return fail(message);
  }
  const tags = await registry.tags(asked.repository);
  if (!tags || tags.length === 0) return null;
  const has = `${capital(holderOf(asked))} has ${code(asked.repository)} with ${listed(tags)}, but not ${code(asked.tag ?? '')}.`;
  return fail(
    local
      ? `${has} This step asks you to push ${code(asked.familiar)}.`
      : `${has} Nor is ${code(asked.familiar)} on this machine: first give that name with \`docker tag\`, then push it.`,
  );
}

function sameName(a: Reference | undefined, b: Reference | null): boolean {
  return a !== undefined && b?.equals(a) === true;
}
