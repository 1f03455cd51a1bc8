// What a verdict rests on: the learner's last command and what was asked of their world, in a size that can be kept.

import type { Evidence } from '../../protocol/session.ts';
import type { Fact } from '../checks/observe.ts';
import type { JournalView } from '../checks/types.ts';

const MAX_LINE = 2_000;
const MAX_OUTPUT = 8_000;

export function evidenceOf(
  verdict: { verdict: Evidence['verdict']; message: string },
  journal: JournalView,
  facts: readonly Fact[],
): Evidence {
  // An engine tells of what a command did before the command has ended.
  const running = journal.running();
  const last = running === null ? journal.commands().at(-1) : { line: running, exitCode: null, output: '' };
  return {
    atMs: Date.now(),
    ...verdict,
    command: last
      ? { line: cut(last.line, MAX_LINE), exitCode: last.exitCode, output: cut(last.output, MAX_OUTPUT) }
      : null,
    facts: [...facts],
  };
}

/** Beginning and end, as most is told by them. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)}\n… ${text.length - 2 * half} characters …\n${text.slice(-half)}`;
}
