// How a docker command that was typed differs from the one that a step asks for.

import { parseReference } from '../../reference.ts';
import type { DockerCommand } from '../docker-command.ts';
import { code, listed } from '../quoted.ts';
import type { CommandRecord } from '../types.ts';
import { isTypo, leavesTag } from './near-miss.ts';
import { SPACE, slip } from './typed-name.ts';

/** Taken for each other: both are lists. */
const LISTS: Record<string, string> = {
  ps: 'lists containers, the programs that run. Images are what containers are made from',
  images: 'lists images. Containers, the programs that run, are made from them',
};

/** A sentence or two, or null where nothing is near. */
export function commandProblem(
  seen: DockerCommand,
  wanted: readonly DockerCommand[],
  { exitCode, output }: CommandRecord,
): string | null {
  const { verb } = seen;
  const group = /^(image|container)(?: (?!prune|inspect)|$)/.exec(verb)?.[1];
  if (group && wanted.every((one) => one.verb !== verb))
    return `${code(`docker ${group}`)} is a group of commands and needs one of them, such as ${code(`docker ${group} ls`)}.`;
  const same = wanted.filter((one) => one.verb === verb);
  const [asked] = same;
  if (!asked) {
    const list = LISTS[verb];
    if (takesNames(seen) && wanted.every(takesNames))
      return '`docker pull` downloads an image, and `docker push` uploads one.';
    return list && wanted.some((one) => one.verb in LISTS) ? `${code(`docker ${verb}`)} ${list}.` : null;
  }
  return (
    shorter(seen, same) ??
    (takesNames(seen) ? slipped(seen, same) : null) ??
    otherRegistry(seen, same) ??
    (takesNames(seen) ? otherImage(seen, same, output) : null) ??
    cutName(seen, same) ??
    otherOption(seen, same) ??
    (exitCode !== 0 && !takesNames(seen) ? null : (missingOption(seen, same) ?? otherName(seen, same)))
  );
}

/** Words are names of images, not of containers. */
function takesNames({ verb }: DockerCommand): boolean {
  return verb === 'pull' || verb === 'push';
}

/** A slip that is one for each of the names that are asked for. */
function slipped({ verb, args }: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const slips = wanted.map((one) => {
    const asked = parseReference(one.args[0] ?? '').reference;
    return asked ? slip(args, asked, verb) : null;
  });
  return slips.every((found) => found !== null) ? (slips[0] ?? null) : null;
}

/** The right repository, at another registry, whose name may be a misspelled one. */
function otherRegistry(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const typed = parseReference(seen.args[0] ?? '').reference;
  for (const { args } of wanted) {
    const asked = parseReference(args[0] ?? '').reference;
    if (!typed || !asked || typed.registry === asked.registry) continue;
    if (typed.isOnDockerHub && typed.familiarName === asked.repository)
      return `${code(seen.args[0] ?? '')} has no registry in front, so the name belongs to Docker Hub.`;
    if (typed.repository !== asked.repository) continue;
    const [host = '', port] = typed.registry.split(':');
    const [askedHost = '', askedPort] = asked.registry.split(':');
    if (port === askedPort && isTypo(host, askedHost))
      return `You typed ${code(typed.registry)}, and probably mean ${code(asked.registry)}.`;
    return `That is the right command for another registry, ${code(typed.registry)}.`;
  }
  return null;
}

/** The right registry, and a repository that is nearly the right one, or another tag. */
function otherImage(seen: DockerCommand, wanted: readonly DockerCommand[], output: string): string | null {
  const typed = parseReference(seen.args[0] ?? '').reference;
  for (const { args } of wanted) {
    const asked = parseReference(args[0] ?? '').reference;
    if (!typed || !asked || typed.registry !== asked.registry) continue;
    if (asked.familiarName.length >= 4 && isTypo(typed.repository, asked.repository))
      return `You typed ${code(typed.repository)}, and probably mean ${code(asked.repository)}.`;
    if (/manifest unknown/.test(output) && typed.repository === asked.repository && typed.tag !== asked.tag)
      return `${code(asked.familiarName)} has no tag ${code(typed.tag ?? '')}.`;
  }
  return null;
}

/** The same image, with parts of its name left to Docker. */
function shorter(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const [word = ''] = seen.args;
  const typed = parseReference(word).reference;
  for (const { args } of wanted) {
    const asked = parseReference(args[0] ?? '').reference;
    if (!typed || !asked?.equals(typed) || args[0] === word) continue;
    const left = leftOut(word, args[0] as string);
    if (left.length > 0) return `${code(word)} is the same image, but without ${listed(left)} in front.`;
  }
  return null;
}

/** The parts of a full name, `docker.io/` and `library/`, that a short one leaves to Docker. */
function leftOut(word: string, full: string): string[] {
  const folders = (name: string) =>
    name
      .split('/')
      .slice(0, -1)
      .map((part) => `${part}/`);
  const typed = folders(word);
  return folders(full).filter((part) => !typed.includes(part));
}

/** `localhost:5000 /mynginx` */
function cutName({ args }: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const [first, second] = args;
  return second !== undefined && wanted.some((one) => one.args.includes(`${first}${second}`)) ? SPACE : null;
}

/** An option with another value. */
function otherOption(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  for (const asked of wanted.flatMap(({ options }) => options)) {
    const given = seen.options.filter(({ name }) => name === asked.name);
    if (asked.value === null || given.length === 0 || given.some(({ value }) => value === asked.value)) continue;
    return `What follows ${code(asked.name)} is ${code(given[0]?.value ?? '')}, and not ${code(asked.value)}.`;
  }
  return null;
}

function missingOption(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const has = (name: string) => seen.options.some((option) => option.name === name);
  const missing = wanted.map(({ options }) => options.flatMap(({ name }) => (has(name) ? [] : [name])));
  const least = missing.toSorted((a, b) => a.length - b.length)[0] ?? [];
  return least.length === 0 ? null : `The option ${listed(least)} is missing.`;
}

function otherName(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const [typed] = seen.args;
  const [asked] = wanted[0]?.args ?? [];
  if (typed === undefined || asked === undefined || wanted.some(({ args }) => args.includes(typed))) return null;
  const { reference } = parseReference(typed);
  const implied = takesNames(seen) && reference !== undefined && leavesTag(typed, reference);
  return implied ? `You named ${code(typed)}, and no tag typed means \`latest\`.` : `You named ${code(typed)}.`;
}
