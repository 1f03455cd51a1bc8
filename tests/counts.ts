// The reports of the test runners, and of the lessons' proof: how many tests passed, and which failed and why.

import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** For each that failed its name and the beginning of why. A suite that broke off has none. */
  failures: string[];
  /** The same of what passed when it was tried again. */
  unsteady: string[];
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0, failures: [], unsteady: [] };

const WHY_LINES = 12;

const vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().nullish(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

const results = z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })).default([]) }));
const spec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  ok: z.boolean(),
  tests: z.array(z.object({ results })),
});
type Spec = z.infer<typeof spec>;
interface PlaywrightSuite {
  specs: Spec[];
  suites?: PlaywrightSuite[] | undefined;
}
const suite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({ specs: z.array(spec), suites: z.array(suite).optional() }),
);
const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
  suites: z.array(suite),
});

const tries = z.array(z.object({ attempt: z.string(), ok: z.boolean(), saw: z.string().optional() }));
const lessons = z.array(
  z.object({
    lesson: z.string(),
    step: z.string(),
    freshFails: z.boolean(),
    solutionPasses: z.boolean(),
    mutants: tries,
    wrong: tries,
    quizzes: tries,
  }),
);

export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success, testResults } = vitest.parse(report);
  const unsteady = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages?.length)
      .map(({ fullName, failureMessages }) => failure(`${name} › ${fullName}`, failureMessages?.join('\n'))),
  );
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [failure(name, message)];
    return failed.map((test) => failure(`${name} › ${test.fullName}`, test.failureMessages?.join('\n')));
  });
  return {
    passed: numPassedTests,
    failed: numFailedTests || (success ? 0 : 1),
    skipped: numPendingTests + numTodoTests,
    failures,
    unsteady,
  };
}

export function countPlaywright(report: unknown): Counts {
  const { stats, errors, suites } = playwright.parse(report);
  const specs = suites.flatMap(specsOf);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...specs.filter(({ ok }) => !ok).map(failureOf),
      ...errors.map(({ message }) => failure('playwright', message)),
    ],
    unsteady: specs.filter((one) => one.ok && errorsOf(one).length > 0).map(failureOf),
  };
}

const errorsOf = ({ tests }: Spec) => tests.flatMap((test) => test.results.flatMap(({ errors }) => errors));
const failureOf = (one: Spec) => failure(`${one.file}:${one.line} › ${one.title}`, errorsOf(one)[0]?.message);

function specsOf({ specs, suites = [] }: PlaywrightSuite): Spec[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

/** Each claim of a row counts: fails before, passes after, every mutant, every wrong attempt, every answer. */
export function countLessons(report: unknown): Counts {
  const claims = lessons
    .parse(report)
    .flatMap((row) => [
      { row, attempt: 'fails before it is done', ok: row.freshFails, saw: undefined },
      { row, attempt: 'passes after its solution', ok: row.solutionPasses, saw: undefined },
      ...[...row.mutants, ...row.wrong, ...row.quizzes].map((claim) => ({ row, ...claim })),
    ]);
  const failed = claims.filter(({ ok }) => !ok);
  return {
    passed: claims.length - failed.length,
    failed: failed.length,
    skipped: 0,
    failures: failed.map(({ row, attempt, saw }) => failure(`${row.lesson} › ${row.step} › ${attempt}`, saw)),
    unsteady: [],
  };
}

export function addUp(all: readonly Counts[]): Counts {
  const sum = (key: 'passed' | 'failed' | 'skipped') => all.reduce((total, counts) => total + counts[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: all.flatMap(({ failures }) => failures),
    unsteady: all.flatMap(({ unsteady }) => unsteady),
  };
}

function failure(name: string, why: string | null | undefined): string {
  const lines = stripVTControlCharacters(why ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules/'));
  return [name, ...lines.slice(0, WHY_LINES).map((line) => `    ${line}`)].join('\n');
}
