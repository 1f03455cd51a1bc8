// How a docker command that was typed differs from the one that a step asks for.

import { parseReference } from '../../reference.ts';
import type { DockerCommand } from '../docker-command.ts';
import { code, listed } from '../quoted.ts';
import { isTypo } from './near-miss.ts';

/** Taken for each other: both are lists. */
const LISTS: Record<string, string> = {
  ps: 'lists containers, the programs that run. Images are what containers are made from',
  images: 'lists images. Containers, the programs that run, are made from them',
};

/** A sentence or two, or null where nothing is near. `failed`: it ended with an error. */
export function commandProblem(seen: DockerCommand, wanted: readonly DockerCommand[], failed: boolean): string | null {
  const { verb } = seen;
  if ((verb === 'image' || verb === 'container') && wanted.every((one) => one.verb !== verb))
    return `${code(`docker ${verb}`)} is a group of commands and needs one of them, such as ${code(`docker ${verb} ls`)}.`;
  const same = wanted.filter((one) => one.verb === verb);
  const [asked] = same;
  if (!asked) {
    const list = LISTS[verb];
    return list && wanted.some((one) => one.verb in LISTS) ? `${code(`docker ${verb}`)} ${list}.` : null;
  }
  return (
    webSite(seen) ??
    shorter(seen, same) ??
    otherRegistry(seen, same) ??
    misspelled(seen, same) ??
    (failed ? null : (missingOption(seen, same) ?? otherName(seen, same)))
  );
}

/** Words are names of images, not of containers. */
function takesNames({ verb }: DockerCommand): boolean {
  return verb === 'pull' || verb === 'push';
}

function webSite(command: DockerCommand): string | null {
  const { verb, args } = command;
  if (takesNames(command) && args.some((word) => /^https?:\/\//i.test(word)))
    return `That is the address of a web page. \`docker ${verb}\` takes a name, not a URL.`;
  return args.some((word) => /^(www\.)?hub\.docker\.com\//i.test(word))
    ? '`hub.docker.com` is the web site; the registry behind it is `docker.io`.'
    : null;
}

/** The right repository, at another registry. */
function otherRegistry(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const typed = parseReference(seen.args[0] ?? '').reference;
  for (const { args } of wanted) {
    const asked = parseReference(args[0] ?? '').reference;
    if (!typed || !asked || typed.registry === asked.registry || typed.repository !== asked.repository) continue;
    return `That is the right command for another registry, ${code(typed.registry)}.`;
  }
  return null;
}

/** The right registry, and a repository that is nearly the right one. */
function misspelled(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  if (!takesNames(seen)) return null;
  const typed = parseReference(seen.args[0] ?? '').reference;
  for (const { args } of wanted) {
    const asked = parseReference(args[0] ?? '').reference;
    if (!typed || !asked || typed.registry !== asked.registry || asked.familiarName.length < 4) continue;
    if (isTypo(typed.repository, asked.repository))
      return `You typed ${code(typed.repository)}, and probably mean ${code(asked.repository)}.`;
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

function missingOption(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  if (seen.options.length > 0) return null;
  const missing = wanted.map(({ words }) => words.filter((word) => word.startsWith('-') && !seen.words.includes(word)));
  const least = missing.toSorted((a, b) => a.length - b.length)[0] ?? [];
  return least.length === 0 ? null : `The option ${listed(least)} is missing.`;
}

function otherName(seen: DockerCommand, wanted: readonly DockerCommand[]): string | null {
  const [typed] = seen.args;
  const [asked] = wanted[0]?.args ?? [];
  return typed === undefined || asked === undefined || wanted.some(({ args }) => args.includes(typed))
    ? null
    : `You named ${code(typed)}.`;
}
