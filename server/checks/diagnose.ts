// Puts Docker's own error, explained, before what a check says, unless the check is more exact.

import { type Asked, lastAttempt } from './attempt.ts';
import { pipelinesOf } from './command-line.ts';
import { dockerCommand } from './docker-command.ts';
import { explain } from './explanations.ts';
import { placeholderProblem } from './placeholder.ts';
import { type CommandRecord, type JournalView, type Outcome, specificFail } from './types.ts';
import { typographyProblem } from './typography.ts';

export function diagnose(outcome: Outcome, journal: JournalView, asked: Asked): Outcome {
  if (outcome.state === 'pass') return outcome;
  const last = lastAttempt(journal, asked);
  const typed = last && (placeholderProblem(last.line) ?? typographyProblem(last.line));
  if (typed) return specificFail(typed);
  if ('specific' in outcome && outcome.specific) return outcome;
  if (!last || !mayHaveFailed(last)) return outcome;
  const explained = explain(last.output);
  return explained ? { ...outcome, message: `${explained.message} ${outcome.message}` } : outcome;
}

/** The exit code tells, except of curl, which is content with any answer, and of a pipe or list, which tells its last. */
function mayHaveFailed(command: CommandRecord): boolean {
  if (command.exitCode !== 0) return true;
  const programs = pipelinesOf(command).flat();
  if (programs.some((simple) => dockerCommand(simple)?.verb === 'logs')) return false;
  return programs.some(({ program }) => program === 'curl') || programs.length > 1;
}
