// How the newest pull differs from one by the digest that a step asks for.

import { parseReference, type Reference } from '../../reference.ts';
import { RegistryDown } from '../../registry/types.ts';
import type { DockerCommand } from '../docker-command.ts';
import { code } from '../quoted.ts';
import { fail, notYet, type Outcome, specificFail, type World } from '../types.ts';
import { digestSlip } from './blob-near-miss.ts';
import { lastDocker } from './commands.ts';

interface Wanted {
  repository: Reference;
  /** Of the image. */
  id: string;
  /** `repository@sha256:…`, that the image has. */
  digests: readonly string[];
}

const HEX = /^[0-9a-f]{12,64}$/;

export async function notByDigest(world: World, wanted: Wanted): Promise<Outcome> {
  const repo = wanted.repository.familiarName;
  const asks = `This step asks you to pull ${code(`${repo}@sha256:…`)}, with all 64 digits of the DIGEST column.`;
  const pull = lastDocker(world, ['pull', 'run']);
  const typed = pull && asDockerSaw(pull.command.args[0] ?? '', pull.record.output);
  if (!pull || !typed) return fail(asks);
  const { command, record } = pull;
  const seen = parseReference(typed).reference?.familiarName;
  // Something else that was run.
  if (command.verb === 'run' && seen !== undefined && seen !== repo) return fail(asks);
  const problem = wordProblem(typed, command, wanted.id);
  if (problem) return specificFail(`${problem} ${asks}`);
  if (seen !== undefined && seen !== repo)
    return specificFail(otherRepository(seen, wanted.repository, record.exitCode === 0));
  const isRight = wanted.digests.some((digest) => digest.endsWith(typed.slice(typed.indexOf('@'))));
  if (isRight && command.verb === 'run')
    return specificFail(
      `That digest is right, but \`docker run\` pulls nothing where the image is here already. Take \`docker pull\`. ${asks}`,
    );
  if (isRight && record.exitCode === 0) return notYet(asks);
  if (record.exitCode === 0) return specificFail(`That digest belongs to another image of ${code(repo)}. ${asks}`);
  const told = await registryProblem(world, wanted.repository, typed.slice(typed.indexOf('@') + 1));
  return told ? specificFail(`${told} ${asks}`) : fail(asks);
}

function otherRepository(seen: string, { familiarName, isOnDockerHub }: Reference, wentWell: boolean): string {
  const asks = `this step asks for ${code(familiarName)}`;
  if (wentWell) return `You pulled from ${code(seen)}; ${asks}.`;
  return parseReference(seen).reference?.isOnDockerHub && !isOnDockerHub
    ? `${code(seen)} has no registry in front, so Docker asked Docker Hub; ${asks}.`
    : `You asked for ${code(seen)}; ${asks}.`;
}

/** What is wrong with the word itself, as a repository with a digest. */
function wordProblem(typed: string, { args }: DockerCommand, id: string): string | null {
  const digest = typed.includes('@') ? typed.slice(typed.indexOf('@') + 1) : null;
  const bare = (digest ?? typed).replace(/^sha256:/, '');
  if (HEX.test(bare) && id.startsWith(`sha256:${bare}`))
    return "That is the image ID, the hash of the image's config. A pull takes the value of the DIGEST column.";
  if (digest !== null) return digestSlip(digest);
  if (HEX.test(bare)) return 'A digest needs its repository in front.';
  if (/^@?sha256:/i.test(args[1] ?? ''))
    return 'There is a space before the digest. Repository, `@` and digest are one word.';
  if (/:[0-9a-f]{64}$/.test(typed))
    return 'A colon is for a tag. Before a digest stands an `@`, and the digest begins with `sha256:`.';
  const isTagged = /:[^/]*$/.test(typed);
  return isTagged
    ? `${code(typed)} is a name with a tag, and a tag can move.`
    : `${code(typed)} is a name without a digest: no tag typed means \`latest\`, and a tag can move.`;
}

/** What a registry of the learner's own tells of a digest that it didn't serve; null where it tells nothing. */
async function registryProblem(world: World, repository: Reference, digest: string): Promise<string | null> {
  if (repository.isOnDockerHub) return null;
  const registry = world.registry(repository.registry);
  try {
    if ((await registry.status()) !== 'up') return null;
    const tags = (await registry.tags(repository.repository)) ?? [];
    if (tags.length === 0)
      return `Your registry has no ${code(repository.familiarName)} any more, so there is nothing to pull. Push it again.`;
    for (const tag of tags.slice(0, 10))
      if ((await registry.oldDigest(repository.repository, tag)) === digest)
        return 'That is the digest of the old format, schema 1, which a registry tells whoever sends no Accept header.';
  } catch (error) {
    if (!(error instanceof RegistryDown)) throw error;
  }
  return null;
}

/** The word after the shell put in its values, as Docker's answer tells it; null where it doesn't. */
function asDockerSaw(word: string, output: string): string | null {
  if (!/[$`]/.test(word)) return word;
  return /(\S{1,256}@sha256:[0-9a-f]{64})(?= not found|: Pulling from)/.exec(output)?.[1] ?? null;
}
