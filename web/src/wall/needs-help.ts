// Who needs help: a rule that is stated on the page, over what the wall tells of each learner.

import type { WallLearner } from '../../../protocol/wall.ts';

/** So many failed tries at one step are many. */
export const MANY_TRIES = 3;
/** So many times the class's median is long. */
export const SLOW_FACTOR = 2;
/** Nobody is slow before that. */
export const SLOW_LEAST_MS = 3 * 60_000;

export type Reason = 'hand' | 'tries' | 'slow';

export interface Need {
  reasons: Reason[];
  /** On the current step; null where none is worked on. */
  timeMs: number | null;
  /** `timeMs` against the class's median; null where nobody else has a time. */
  ratio: number | null;
}

/** One of the class, and how they stand. */
export interface Seen {
  id: string;
  learner: WallLearner;
  need: Need;
}

type Learners = readonly WallLearner[];

export const stepKey = (lesson: string, step: string): string => `${lesson} ${step}`;

/** By `stepKey`: of those who have passed it what it took, and of those who are at it how long they are so far. */
export function medianTimes(learners: Learners, nowMs: number): Map<string, number> {
  const times = new Map<string, number[]>();
  const add = (lesson: string, step: string, ms: number) => {
    const key = stepKey(lesson, step);
    times.set(key, [...(times.get(key) ?? []), ms]);
  };
  for (const learner of learners) {
    for (const [lesson, steps] of Object.entries(learner.steps))
      for (const [step, { mark, tookMs }] of Object.entries(steps))
        if (mark === 'passed' && tookMs !== null) add(lesson, step, tookMs);
    const { lesson, step, sinceMs } = learner;
    if (lesson && step && sinceMs !== null) add(lesson, step, Math.max(0, nowMs - sinceMs));
  }
  return new Map([...times].map(([key, all]) => [key, median(all)]));
}

/** Of who is not there only a raised hand counts. */
export function needOf(learner: WallLearner, medians: ReadonlyMap<string, number>, nowMs: number): Need {
  const { lesson, step, sinceMs, hand, tries, connected } = learner;
  const timeMs = lesson && step && sinceMs !== null ? Math.max(0, nowMs - sinceMs) : null;
  const usual = lesson && step ? medians.get(stepKey(lesson, step)) : undefined;
  const ratio = timeMs !== null && usual ? timeMs / usual : null;
  const reasons: Reason[] = [];
  if (hand) reasons.push('hand');
  if (connected && tries >= MANY_TRIES) reasons.push('tries');
  if (connected && timeMs !== null && timeMs >= SLOW_LEAST_MS && ratio !== null && ratio > SLOW_FACTOR)
    reasons.push('slow');
  return { reasons, timeMs, ratio };
}

/** Numbers in names by their size: `Learner 2` before `Learner 10`. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;

/** Raised hands first, in their order; then those for whom more speaks; then those who are longest over the median. */
export function byNeed([a, needA]: readonly [WallLearner, Need], [b, needB]: readonly [WallLearner, Need]): number {
  if (a.hand || b.hand)
    return (a.hand?.raisedMs ?? Number.POSITIVE_INFINITY) - (b.hand?.raisedMs ?? Number.POSITIVE_INFINITY);
  return (
    needB.reasons.length - needA.reasons.length ||
    Number(b.connected) - Number(a.connected) ||
    (needB.ratio ?? 0) - (needA.ratio ?? 0) ||
    byName(a.name, b.name)
  );
}

/** Between the two in the middle, where there are two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
