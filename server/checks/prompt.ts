// Programs that have a prompt of their own, behind which commands are typed that nobody reads.

import { simpleCommands } from './command-line.ts';
import { dockerCommand } from './docker-command.ts';
import { code } from './quoted.ts';
import { type JournalView, type Outcome, specificFail } from './types.ts';

const shells = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'fish', 'busybox']);
const others = new Set(['tmux', 'screen', 'script', 'su', 'ssh', 'watch', 'chroot', 'unshare', 'nsenter']);

/** The program of this line that has a prompt of its own, `sh`, or null. */
export function innerShell(line: string): string | null {
  for (const simple of simpleCommands(line)) {
    const { program, words } = simple;
    if (others.has(program) || (shells.has(program) && isInteractive(program, words))) return program;
    const docker = dockerCommand(simple);
    if (docker?.verb !== 'exec' && docker?.verb !== 'run') continue;
    const [, inside = '', ...rest] = docker.args;
    const name = inside.split('/').at(-1) ?? '';
    if (shells.has(name) && isInteractive(name, rest)) return `docker ${docker.verb}`;
  }
  return /(^|[;&|]\s*)sudo\s+(-\w*[is]\b|su\b)/.test(line) ? 'sudo' : null;
}

/** What to say at once when a line that was just entered hides the prompt from a step that reads it; null otherwise. */
export function hiddenPrompt(journal: JournalView): Outcome | null {
  const running = journal.running();
  const program = running === null ? null : innerShell(running);
  if (program === null) return null;
  const leave = program === 'watch' ? 'Ctrl-C' : code('exit');
  return specificFail(
    `This step reads what you type at the first prompt, and ${code(program)} has a prompt of its own. Leave it with ${leave}, then go on.`,
  );
}

/** Without a script to run, and without `-c`. */
function isInteractive(program: string, words: readonly string[]): boolean {
  if (program === 'busybox') return words.length === 1 && shells.has(words[0] as string);
  return !words.some((word) => /^-\w*c$/.test(word) || !word.startsWith('-'));
}
