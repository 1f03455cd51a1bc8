// How a name that was used differs from the one that a step asks for, in one or two sentences.

import { parseReference, type Reference } from '../../reference.ts';
import { code } from '../quoted.ts';

/** `did` is the verb, `tagged`; `typed` the word, where it is known. Null where both are the same name. */
export function difference(seen: Reference, asked: Reference, did: string, typed?: string): string | null {
  if (seen.equals(asked)) return null;
  const asks = `this step asks for ${code(asked.familiar)}`;
  const colonless = portWithoutColon(seen, asked);
  if (colonless) return `${colonless.slice(0, -1)}; ${asks}.`;
  if (seen.registry !== asked.registry) {
    if (isSameComputer(seen.registry, asked.registry)) {
      return `${code(seen.registry)} is the same computer as ${code(asked.registry)}, but another name, and Docker goes by names, for images and for credentials; ${asks}.`;
    }
    if (seen.isOnDockerHub) {
      return `${code(seen.familiar)} has no registry in front, so the name belongs to Docker Hub; ${asks}.`;
    }
    if (seen.familiar.toLowerCase() === asked.familiar) {
      return `Repository names are written in lower case: Docker takes ${code(seen.registry)}, with its capitals, for a registry; ${asks}.`;
    }
    if (asked.isOnDockerHub) return `You ${did} ${code(seen.familiar)}; ${asks}.`;
    return `${code(seen.familiar)} names a registry at ${code(seen.registry)}, and yours is at ${code(asked.registry)}; ${asks}.`;
  }
  const leftToDocker = typed === undefined || leavesTag(typed, seen);
  if (seen.repository === asked.repository && seen.tag === 'latest' && leftToDocker) {
    return `You ${did} ${code(seen.familiar)}; ${asks}. No tag typed means \`latest\`.`;
  }
  return `You ${did} ${code(seen.familiar)}; ${asks}.`;
}

/** Whether this word is that name, with the tag `latest` left to Docker. */
export function leavesTag(word: string, name: Reference): boolean {
  return parseReference(`${word}:latest`).reference?.equals(name) === true;
}

/** A sentence for `localhost5000/web` and `localhost/5000/web`; else null. */
export function portWithoutColon(seen: Reference, { registry }: Reference): string | null {
  const wrong = ['', '/'].map((instead) => registry.replace(':', instead));
  return registry.includes(':') && wrong.some((start) => seen.familiarName.startsWith(`${start}/`))
    ? `Between a registry's host and its port stands a colon: ${code(registry)}.`
    : null;
}

/** How messages speak of the registry that a name belongs to. */
export function holderOf({ isOnDockerHub }: Reference): string {
  return isOnDockerHub ? 'Docker Hub' : 'your registry';
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The same for a word as typed, which may be no reference at all: then null. */
export function typedDifference(word: string | undefined, asked: Reference, did: string): string | null {
  const seen = word === undefined ? undefined : parseReference(word).reference;
  return seen ? difference(seen, asked, did, word) : null;
}

/** Whether both are names that this computer has for itself, with the same port, and not the same name. */
export function isSameComputer(a: string, b: string): boolean {
  const normal = (text: string) => text.replace(/^(127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?=:|$)/, 'localhost');
  return a !== b && normal(a) === normal(b);
}

/** Two letters that follow each other have changed places. */
function isSwapped(a: string, b: string): boolean {
  const at = Array.from(a).findIndex((letter, index) => letter !== b[index]);
  return a.slice(0, at) + (a[at + 1] ?? '') + a[at] + a.slice(at + 2) === b;
}

/** Whether one is the other with one or two slips of the finger. */
export function isTypo(a: string, b: string): boolean {
  const count = slips(a, b);
  return count > 0 && count <= (b.length > 4 ? 2 : 1);
}

/** How many letters are missing, too many or other ones; infinite for what is too long or too different to be compared. */
export function slips(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length > 40 || b.length > 40 || Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  if (isSwapped(a, b)) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
