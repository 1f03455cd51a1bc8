// The reports of the test runners, and of the lessons' proof, as numbers.

import { z } from 'zod';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  success: z.boolean(),
});
const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});
const tries = z.array(z.object({ ok: z.boolean() }));
const lessons = z.array(
  z.object({ freshFails: z.boolean(), solutionPasses: z.boolean(), mutants: tries, wrong: tries, quizzes: tries }),
);

export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = vitest.parse(report);
  return {
    passed: numPassedTests,
    failed: numFailedTests || (success ? 0 : 1),
    skipped: numPendingTests + numTodoTests,
  };
}

export function countPlaywright(report: unknown): Counts {
  const { stats, errors } = playwright.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** Each claim of a row counts: fails before, passes after, every mutant, every wrong attempt, every answer. */
export function countLessons(report: unknown): Counts {
  const claims = lessons
    .parse(report)
    .flatMap((row) => [
      row.freshFails,
      row.solutionPasses,
      ...[...row.mutants, ...row.wrong, ...row.quizzes].map(({ ok }) => ok),
    ]);
  const passed = claims.filter(Boolean).length;
  return { passed, failed: claims.length - passed, skipped: 0 };
}

export function addUp(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
