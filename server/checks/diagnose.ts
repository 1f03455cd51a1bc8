// Puts Docker's own error, explained, before what a check says, unless the check is more exact.

import { lastAttempt } from './attempt.ts';
import { explain } from './explanations.ts';
import { placeholderProblem } from './placeholder.ts';
import { type JournalView, type Outcome, specificFail } from './types.ts';

export function diagnose(outcome: Outcome, journal: JournalView): Outcome {
  if (outcome.state === 'pass') return outcome;
  const last = lastAttempt(journal);
  const placeholder = last && placeholderProblem(last.line);
  if (placeholder) return specificFail(placeholder);
  if ('specific' in outcome && outcome.specific) return outcome;
  if (!last || last.exitCode === 0) return outcome;
  const explained = explain(last.output);
  return explained ? { ...outcome, message: `${explained.message} ${outcome.message}` } : outcome;
}
