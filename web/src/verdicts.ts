// What each step's verdict region shows: the last word on it, kept while a newer check runs and after the step passed.

import type { Verdict } from '../../protocol/session.ts';

export type ShownVerdict = {
  /** The last `pass`, `fail` or `error`; null before the first. */
  last: { state: 'pass' | 'fail' | 'error'; message: string; command: string | null } | null;
  checking: boolean;
};
export type Verdicts = Readonly<Record<string, ShownVerdict>>;

export const noVerdict: ShownVerdict = { last: null, checking: false };
export const passedVerdict: ShownVerdict = { last: { state: 'pass', message: '', command: null }, checking: false };

/** The verdicts after the session's newest one. A fail is forgotten once another step is checked; a pass stays. */
export function recordVerdict(before: Verdicts, verdict: Verdict | null): Verdicts {
  const after: Record<string, ShownVerdict> = {};
  for (const [step, { last }] of Object.entries(before)) {
    if (last?.state === 'pass') after[step] = { last, checking: false };
  }
  if (!verdict) return after;
  const { step, state, message, command } = verdict;
  if (state === 'checking') after[step] = { last: before[step]?.last ?? null, checking: true };
  else after[step] = { last: { state, message, command }, checking: false };
  return after;
}

/** What a step that has not passed waits for. */
export type Awaited = { checks: boolean; quizzes: number };

/** Only a step with checks has a solution to show. `right`: which of its quizzes were answered so. */
export function awaited(step: { showable: boolean }, checked: boolean, right: readonly boolean[]): Awaited {
  return { checks: step.showable && !checked, quizzes: right.filter((answered) => !answered).length };
}
