// What to say when a registry lacks the tag that a step asks for: the nearest thing that was done instead.

import { parseReference, type Reference, sameReference } from '../../reference.ts';
import type { RegistryView } from '../../registry/types.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, specificFail, type World } from '../types.ts';
import { failAfter, lastDocker, stepBeganMs } from './commands.ts';
import { namedImage, namesOf } from './local-images.ts';
import { difference } from './near-miss.ts';

const mostRepositories = 20;

export async function notPushed(
  world: World,
  registry: RegistryView,
  asked: Reference,
  source: Reference | null,
  id: string | null,
): Promise<Outcome> {
  const local = (await namedImage(world, asked)) !== null;
  const pushing = await misdirectedPush(world, asked, local);
  if (pushing) return pushing;
  const elsewhere = await servedElsewhere(world, registry, asked, id);
  if (elsewhere) return elsewhere;
  if (local) {
    return fail(
      `${code(asked.familiar)} is on this machine, but your registry doesn't have it yet. This step asks you to push it.`,
    );
  }
  return untagged(world, asked, source, id);
}

/** The last command was a push of another name, or of no name. */
async function misdirectedPush(world: World, asked: Reference, local: boolean): Promise<Outcome | null> {
  const push = lastDocker(world, ['push']);
  if (push?.command.args.length !== 1) return null;
  const seen = parseReference(push.command.args[0] as string).reference;
  if (!seen || seen.equals(asked)) return null;
  if (seen.isOnDockerHub && push.record.exitCode !== 0) {
    return specificFail(
      `${code(seen.familiar)} has no registry in front, so Docker turned to Docker Hub and was refused. This step asks you to push ${code(asked.familiar)}.`,
    );
  }
  if (push.record.exitCode !== 0 && seen.familiarName === asked.familiarName && local) {
    const implied =
      seen.tag === 'latest' ? 'No tag typed means `latest`, and' : `There is no ${code(seen.familiar)} here:`;
    return specificFail(`${implied} the name you have is ${code(asked.familiar)}. This step asks you to push that.`);
  }
  const message = difference(seen, asked, push.record.exitCode === 0 ? 'pushed' : 'tried to push');
  return message ? specificFail(message) : null;
}

/** The right image is in the registry, under another name that was pushed in this step. */
async function servedElsewhere(
  world: World,
  registry: RegistryView,
  asked: Reference,
  id: string | null,
): Promise<Outcome | null> {
  const since = stepBeganMs(world);
  const pushed = world.journal
    .events()
    .filter((event) => event.kind === 'image' && event.action === 'push' && event.atMs >= since);
  for (const event of pushed.toReversed().slice(0, mostRepositories)) {
    const name = parseReference(event.id).reference;
    if (!name || name.registry !== asked.registry || name.tag === null) continue;
    const manifest = await registry.manifest(name.repository, name.tag);
    const message =
      manifest && (id === null || manifest.configDigest === id) ? difference(name, asked, 'pushed') : null;
    if (message) return fail(message);
  }
  const tags = await registry.tags(asked.repository);
  if (!tags || tags.length === 0) return null;
  return fail(
    `Your registry has ${code(asked.repository)} with ${listed(tags)}, but not ${code(asked.tag ?? '')}. This step asks you to push ${code(asked.familiar)}.`,
  );
}

async function untagged(world: World, asked: Reference, source: Reference | null, id: string | null): Promise<Outcome> {
  const names = id === null ? [] : await namesOf(world, id);
  const other = names.find(
    (name) => source && !sameReference(name, source.familiar) && name.startsWith(`${asked.registry}/`),
  );
  const seen = other ? parseReference(other).reference : undefined;
  const from = source ? ` to ${code(source.familiar)}` : '';
  if (lastDocker(world, ['push'])) {
    return failAfter(
      world,
      ['push'],
      `There is no ${code(asked.familiar)} on this machine to push. First give that name${from} with \`docker tag\`.`,
    );
  }
  const version = `${asked.repository}:${asked.tag}`;
  if (seen && seen.repository === asked.repository) return fail(`${difference(seen, asked, 'tagged')}`);
  return fail(
    `Your registry doesn't have ${code(version)} yet; this step asks for ${source ? `the image of ${code(source.familiar)} there` : 'it'}.`,
  );
}
