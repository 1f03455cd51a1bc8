// Puts Docker's own error, explained, before what a check says, unless the check is more exact.

import { explain } from './explanations.ts';
import type { JournalView, Outcome } from './types.ts';

export function diagnose(outcome: Outcome, journal: JournalView): Outcome {
  if (outcome.state === 'pass' || ('specific' in outcome && outcome.specific)) return outcome;
  const last = journal.commands().at(-1);
  if (!last || last.exitCode === 0) return outcome;
  const explained = explain(last.output);
  return explained ? { ...outcome, message: `${explained.message} ${outcome.message}` } : outcome;
}
