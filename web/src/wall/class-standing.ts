// Where a class stands, over what the wall tells of each learner.

import type { WallLearner, WallLesson } from '../../../protocol/wall.ts';
import { median } from './needs-help.ts';

export interface ClassStanding {
  all: number;
  here: number;
  done: number;
  /** Of the steps that those who have begun have done; null where nobody has. */
  medianSteps: number | null;
  behind: number;
  steps: number;
  /** What is told to those who are here now, the most frequent first. */
  frequent: { text: string; n: number }[];
}

const MOST_FREQUENT = 3;

export function standingOf(learners: readonly WallLearner[], lessons: readonly WallLesson[]): ClassStanding {
  const steps = lessons.reduce((sum, lesson) => sum + lesson.steps.length, 0);
  const begun = learners.filter(({ lesson }) => lesson !== null).map((learner) => stepsDone(learner));
  const medianSteps = begun.length > 0 ? median(begun) : null;
  const counts = new Map<string, number>();
  for (const { connected, diagnosis } of learners)
    if (connected && diagnosis) counts.set(diagnosis, (counts.get(diagnosis) ?? 0) + 1);
  return {
    all: learners.length,
    here: learners.filter(({ connected }) => connected).length,
    done: begun.filter((n) => steps > 0 && n >= steps).length,
    medianSteps,
    behind: medianSteps === null ? 0 : begun.filter((n) => n < medianSteps / 2).length,
    steps,
    frequent: [...counts]
      .map(([text, n]) => ({ text, n }))
      .sort((a, b) => b.n - a.n)
      .slice(0, MOST_FREQUENT),
  };
}

/** Passed or skipped, of all lessons of the class. */
export function stepsDone({ steps }: WallLearner): number {
  return Object.values(steps).reduce(
    (sum, ofLesson) => sum + Object.values(ofLesson).filter(({ mark }) => mark !== null).length,
    0,
  );
}
