// What to say when a registry lacks the tag that a step asks for: the nearest thing that was done instead.

import { parseReference, type Reference, sameReference } from '../../reference.ts';
import type { RegistryView } from '../../registry/types.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, specificFail, type World } from '../types.ts';
import { failAfter, lastDocker } from './commands.ts';
import { otherwiseNamed } from './done-instead.ts';
import { namedImage, namesOf } from './local-images.ts';
import { capital, difference, holderOf, leavesTag } from './near-miss.ts';
import { slipAsking } from './typed-name.ts';

const DENIED = /^(denied|unauthorized): /m;
const NOT_HERE = /^(tag does not exist: |An image does not exist locally with the tag: )/m;
/** Docker refused the command line itself, and says so better than any comparison of names. */
const MISUSED = /^(unknown (shorthand )?flag:|tag can't be used with)/m;

export async function notPushed(
  world: World,
  registry: RegistryView,
  asked: Reference,
  source: Reference | null,
  id: string | null,
): Promise<Outcome> {
  const local = (await namedImage(world, asked)) !== null;
  const push = lastDocker(world, ['push']);
  const misused = push !== null && MISUSED.test(push.record.output);
  const pushing = misused ? null : await misdirectedPush(world, asked, { id, local });
  if (pushing) return pushing;
  const pull = lastDocker(world, ['pull']);
  if (local && pull && sameReference(pull.command.args[0] ?? '', asked.familiar)) {
    return specificFail(
      `\`docker pull\` downloads an image, and \`docker push\` uploads one. This step asks for ${code(`docker push ${asked.familiar}`)}.`,
    );
  }
  if (!local && push && hasFailed(push) && !misused) return untagged(world, asked, source, id);
  const otherwise = await otherwiseNamed(world, registry, asked, { source, id, local });
  if (otherwise) return otherwise;
  if (local) {
    return fail(
      `${code(asked.familiar)} is on this machine, but ${holderOf(asked)} doesn't have it yet. This step asks you to push it.`,
    );
  }
  return untagged(world, asked, source, id);
}

/** The last command was a push of another name, or of no name. */
async function misdirectedPush(
  world: World,
  asked: Reference,
  { id, local }: { id: string | null; local: boolean },
): Promise<Outcome | null> {
  const push = lastDocker(world, ['push']);
  const slipped = push && slipAsking(push.command.args, asked, 'push');
  if (slipped) return specificFail(slipped);
  if (push?.command.args.length !== 1) return null;
  const seen = parseReference(push.command.args[0] as string).reference;
  if (!seen) return null;
  const refused = refusedPush(world, asked);
  if (refused) return specificFail(refused);
  if (seen.equals(asked)) return null;
  const failed = hasFailed(push);
  const pushedId = failed || id === null ? null : ((await namedImage(world, seen))?.id ?? null);
  // Another image under another name is another thing that the step may ask for.
  if (pushedId !== null && pushedId !== id) return null;
  const all = push.command.options.some(({ name }) => name === '--all-tags');
  if (all && seen.familiarName === asked.familiarName) return null;
  if (seen.isOnDockerHub && !asked.isOnDockerHub && DENIED.test(push.record.output)) {
    return specificFail(
      `${code(all ? seen.familiarName : seen.familiar)} has no registry in front, so Docker turned to Docker Hub and was refused. This step asks you to push ${code(asked.familiar)}.`,
    );
  }
  if (failed && seen.familiarName === asked.familiarName && local) {
    const implied = leavesTag(push.command.args[0] ?? '', seen)
      ? 'No tag typed means `latest`, and'
      : `There is no ${code(seen.familiar)} here:`;
    return specificFail(`${implied} the name you have is ${code(asked.familiar)}. This step asks you to push that.`);
  }
  if (all && seen.isOnDockerHub && !asked.isOnDockerHub)
    return specificFail(
      `${code(seen.familiarName)} has no registry in front, so the name belongs to Docker Hub; this step asks you to push ${code(asked.familiar)}.`,
    );
  const message = difference(seen, asked, failed ? 'tried to push' : 'pushed', push.command.args[0]);
  return message ? specificFail(message) : null;
}

/** Also where something that went well follows it in the line. */
function hasFailed({ record }: NonNullable<ReturnType<typeof lastDocker>>): boolean {
  return record.exitCode !== 0 || DENIED.test(record.output) || NOT_HERE.test(record.output);
}

/** Why Docker Hub refused the last push, where it did. */
export function refusedPush(world: World, asked: Reference): string | null {
  const push = asked.isOnDockerHub ? lastDocker(world, ['push']) : null;
  const seen = parseReference(push?.command.args[0] ?? '').reference;
  return push && seen ? refusedByHub(push.record.output, seen, asked) : null;
}

/** Docker Hub lets push who is logged in, and only into the account's own namespace. */
function refusedByHub(output: string, seen: Reference, asked: Reference): string | null {
  if (!seen.isOnDockerHub || !DENIED.test(output)) return null;
  const [own = '', given = ''] = [asked.repository.split('/')[0], seen.repository.split('/')[0]];
  if (given === own)
    return `Docker Hub refused the push, as nobody is logged in who may push to ${code(`${own}/`)}. First ${code('docker login')} with the practice account.`;
  const place = given === 'library' ? 'the official images' : `the namespace ${code(given)}`;
  return `The name says ${place} of Docker Hub, and there your account may not push. It may push to ${code(`${own}/`)}: this step asks for ${code(asked.familiar)}.`;
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
  if (world.journal.rememberedId(asked.familiar) !== null) {
    const first = source && !(await namedImage(world, source)) ? `Pull ${code(source.familiar)}, give` : 'Give';
    return fail(
      `${code(asked.familiar)} is neither in ${holderOf(asked)} nor on this machine any more. ${first} that name${from} again with \`docker tag\`, then push it.`,
    );
  }
  return fail(
    `${capital(holderOf(asked))} doesn't have ${code(version)} yet; this step asks for ${source ? `the image of ${code(source.familiar)} there` : 'it'}.`,
  );
}
