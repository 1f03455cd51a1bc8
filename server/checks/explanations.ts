// What Docker's, curl's and the registry's error messages mean in plain words, and what to do next.

import { commands } from './explanations/commands.ts';
import { pullPushLogin } from './explanations/pull-push-login.ts';
import { registryAndTools } from './explanations/registry-and-tools.ts';
import { isTypo, slips } from './predicates/near-miss.ts';
import { plain } from './quoted.ts';

export interface Explanation {
  id: string;
  message: string;
}

/** The first match wins, so the special stand before the general. */
const rows = [...pullPushLogin, ...commands, ...registryAndTools].map(([id, pattern, meaning, next]) => ({
  id,
  pattern,
  text: `${meaning} ${next}`,
  needles: needlesOf(pattern),
}));

const mostText = 64 * 1024;
/** Outputs are the learner's and can be hostile: only so much around so many occurrences of a needle is looked at. */
const mostOccurrences = 8;
const around = 700;

/** The plain words for the first known error in what a command printed, or null. */
export function explain(output: string): Explanation | null {
  const text = output.slice(0, mostText);
  for (const { id, pattern, text: template, needles } of rows) {
    const match = needles.map((needle) => matchAround(text, needle, pattern)).find((found) => found !== null);
    if (match) return { id, message: suggestion(id, match[1] ?? '') ?? filled(template, match) };
  }
  return null;
}

/** Of more than two letters: everything short is near those. */
const PROGRAMS = ['docker', 'curl', 'cat', 'base64', 'sha256sum'];
const VERBS = [
  'pull',
  'push',
  'tag',
  'images',
  'image',
  'rmi',
  'run',
  'login',
  'logout',
  'inspect',
  'search',
  'stop',
  'start',
  'logs',
];

/** What a name that nobody knows was probably meant to be. */
function suggestion(id: string, typed: string): string | null {
  if (id !== 'cmd-not-found' && id !== 'subcommand') return null;
  const meant = (id === 'subcommand' ? VERBS : PROGRAMS)
    .filter((known) => isTypo(typed, known))
    .toSorted((a, b) => slips(typed, a) - slips(typed, b))[0];
  if (!meant) return null;
  const unknown = id === 'subcommand' ? '`docker` has no command' : 'The shell knows no program';
  return `${unknown} \`${plain(typed)}\`; you probably mean \`${meant}\`.`;
}

/** The ids of all known errors. */
export const explanationIds: readonly string[] = rows.map(({ id }) => id);

function matchAround(text: string, needle: string, pattern: RegExp): RegExpExecArray | null {
  let at = text.indexOf(needle);
  for (let count = 0; at !== -1 && count < mostOccurrences; count += 1) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const match = pattern.exec(text.slice(Math.max(lineStart, at - around), at + around));
    if (match) return match;
    at = text.indexOf(needle, at + needle.length);
  }
  return null;
}

/** For each alternative of a pattern the longest text that every match contains. */
function needlesOf({ source }: RegExp): string[] {
  return source
    .replace(/\\\//g, '/')
    .replace(/\((?:[^()\\]|\\.)*\)\??/g, '\0')
    .replace(/\[[^\]]*\]/g, '\0')
    .replace(/\\[sSdDwWb]/g, '\0')
    .replace(/\\(.)/g, (_, character: string) =>
      /[()[\].$*+?{}]/.test(character) ? `\u0001${character.charCodeAt(0)}\u0002` : character,
    )
    .replace(/\{\d+(?:,\d*)?\}|.\?|[.^$*+]/g, '\0')
    .split('|')
    .map((alternative) =>
      alternative
        .split('\0')
        .map((part) =>
          part.replace(/\u0001(\d+)\u0002/g, (_, codePoint: string) => String.fromCharCode(Number(codePoint))),
        )
        .reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
    );
}

function filled(template: string, match: RegExpExecArray): string {
  return template.replace(/\{(\d)\}/g, (_, group: string) => plain(withoutFullStop(match[Number(group)] ?? '')));
}

// `docker: … tag: x.` ends the sentence, not the name.
function withoutFullStop(text: string): string {
  return text.replace(/[.,]$/, '');
}
