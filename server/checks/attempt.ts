// Whether a finished command was an attempt at a step: `ls`, `cd` or `docker --help` is not, and is met with silence.

import { type Pipeline, pipelinesOf, type SimpleCommand } from './command-line.ts';
import { curlRequest } from './curl-request.ts';
import { dockerCommand } from './docker-command.ts';
import { homePlace, isHomePath } from './home-path.ts';
import type { CheckItem, CommandRecord, JournalView } from './types.ts';

const PROGRAMS = /(^|[\s;|&(/])(docker|curl|wget|jq|base64|sha256sum|htpasswd|service|systemctl|dockerd)\b/;
const NOT_FOUND = 127;
const LOOKING = new Set(
  'images ps inspect history logs port top stats version info events search diff volume image container'.split(' '),
);

/** They only lead to where an attempt is made. */
const ON_THE_WAY = new Set(['cd', 'pushd', 'mkdir']);

/** What tells an attempt at a step from anything else. */
export interface Asked {
  /**
   * The step asks for something to be typed, so that looking around (`docker ps`) may be a try at it.
   * In other steps only what changes something, or went wrong, is one.
   */
  readsPrompt: boolean;
  /** Commands that its checks name: where one is `cat ~/x`, `cat` is an attempt, and so is whatever is done with `~/x`. */
  names: readonly SimpleCommand[];
}

export function askedBy(checks: readonly CheckItem[]): Asked {
  return {
    readsPrompt: checks.some(({ readsPrompt }) => readsPrompt),
    names: checks.flatMap(({ names }) => names),
  };
}

export function isAttempt(command: CommandRecord, asked: Asked = { readsPrompt: true, names: [] }): boolean {
  const line = command.line.slice(0, 4096);
  if (command.exitCode === NOT_FOUND) return true;
  if (!PROGRAMS.test(line)) return isNamed(line, pipelinesOf(command), asked.names);
  const programs = pipelinesOf(command).flat();
  const dockers = programs.flatMap((simple) => dockerCommand(simple) ?? []);
  if (dockers.length > 0 && dockers.every(({ verb, words }) => verb === 'help' || isHelp(words))) return false;
  if (asked.readsPrompt || command.exitCode !== 0) return true;
  const requests = programs.flatMap((simple) => curlRequest(simple) ?? []);
  const looksOnly =
    dockers.every(({ verb }) => LOOKING.has(verb)) && requests.every(({ method }) => /^(GET|HEAD)$/.test(method));
  return !looksOnly || dockers.length + requests.length === 0;
}

/** The newest command that was an attempt: what was typed since then, such as `ls`, says nothing. */
export function lastAttempt(
  journal: JournalView,
  asked: Asked = { readsPrompt: false, names: [] },
): CommandRecord | null {
  return journal.commands().findLast((command) => isAttempt(command, asked)) ?? null;
}

function isNamed(line: string, pipelines: readonly Pipeline[], names: readonly SimpleCommand[]): boolean {
  const simples = pipelines.flat();
  if (simples.some(({ words }) => words.includes('--help'))) return false;
  // `history | less` is no try at showing a file with `less`.
  const isRun = ({ program, words }: SimpleCommand, at: number) =>
    (at === 0 || words.some((word) => !word.startsWith('-'))) && names.some((name) => name.program === program);
  if (pipelines.some((pipeline) => pipeline.some(isRun))) return true;
  if (simples.every(({ program }) => ON_THE_WAY.has(program))) return false;
  const paths = names.flatMap(({ words }) => words.filter(isHomePath));
  // What is written to, with `>`, stands in no simple command.
  const typed = line.split(/[\s;|&<>()"']+/);
  return paths.some((path) => typed.some((word) => (homePlace(word, path)?.at ?? '~') !== '~'));
}

function isHelp(words: readonly string[]): boolean {
  return words.length === 1 || words.includes('--help') || (words.length === 2 && words[1] === '-h');
}
