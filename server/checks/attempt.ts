// Whether a finished command was an attempt at a step: `ls`, `cd` or `docker --help` is not, and is met with silence.

import { pipelinesOf } from './command-line.ts';
import { curlRequest } from './curl-request.ts';
import { dockerCommand } from './docker-command.ts';
import type { CommandRecord, JournalView } from './types.ts';

const PROGRAMS = /(^|[\s;|&(/])(docker|curl|wget|jq|base64|sha256sum|htpasswd|service|systemctl|dockerd)\b/;
const NOT_FOUND = 127;
const LOOKING = new Set(
  'images ps inspect history logs port top stats version info events search diff volume image container'.split(' '),
);

/**
 * `readsPrompt`: the step asks for something to be typed, so that looking around (`docker ps`) may be a try at it.
 * In other steps only what changes something, or went wrong, is one.
 */
export function isAttempt(command: CommandRecord, readsPrompt = true): boolean {
  const line = command.line.slice(0, 4096);
  if (command.exitCode === NOT_FOUND) return true;
  if (!PROGRAMS.test(line)) return false;
  const programs = pipelinesOf(command).flat();
  const dockers = programs.flatMap((simple) => dockerCommand(simple) ?? []);
  if (dockers.length > 0 && dockers.every(({ verb, words }) => verb === 'help' || isHelp(words))) return false;
  if (readsPrompt || command.exitCode !== 0) return true;
  const requests = programs.flatMap((simple) => curlRequest(simple) ?? []);
  const looksOnly =
    dockers.every(({ verb }) => LOOKING.has(verb)) && requests.every(({ method }) => /^(GET|HEAD)$/.test(method));
  return !looksOnly || dockers.length + requests.length === 0;
}

/** The newest command that was an attempt: what was typed since then, such as `ls`, says nothing. */
export function lastAttempt(journal: JournalView, readsPrompt = false): CommandRecord | null {
  return journal.commands().findLast((command) => isAttempt(command, readsPrompt)) ?? null;
}

function isHelp(words: readonly string[]): boolean {
  return words.length === 1 || words.includes('--help') || (words.length === 2 && words[1] === '-h');
}
