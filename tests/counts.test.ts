// What the reports of the runners become: numbers, and the names of what failed with the beginning of why.

import { describe, expect, it } from 'vitest';
import { addUp, countLessons, countPlaywright, countVitest } from './counts.ts';

const test = (fullName: string, status: string, failureMessages: string[] = []) => ({
  fullName,
  status,
  failureMessages,
});

describe('a report of Vitest', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 0,
    success: false,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          test('a holds', 'passed'),
          test('c holds later', 'passed', ['not yet\n    at a.test.ts:9']),
          test('b holds', 'failed', ['\u001b[31mexpected 1\u001b[39m\n    at a.test.ts:3\n    at node_modules/x.js:1']),
        ],
      },
    ],
  };

  it('counts, and tells what failed and why, without colours and other people’s frames', () => {
    expect(countVitest(report)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
      failures: ['a.test.ts › b holds\n    expected 1\n        at a.test.ts:3'],
      unsteady: ['a.test.ts › c holds later\n    not yet\n        at a.test.ts:9'],
    });
  });

  it('a file that could not be read has failed', () => {
    const broken = [{ name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }];
    const counts = countVitest({ ...report, numFailedTests: 0, testResults: broken });
    expect(counts).toMatchObject({ failed: 1, failures: ['b.test.ts\n    no such module'] });
  });
});

it('a report of Playwright: nested specs, the first error of each, and what belongs to no test', () => {
  const spec = (title: string, ok: boolean, again = false) => ({
    title,
    ok,
    file: 'a.spec.ts',
    line: 7,
    tests: [{ results: [{ errors: ok && !again ? [] : [{ message: 'no button' }, { message: 'later' }] }] }],
  });
  const counts = countPlaywright({
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    errors: [{ message: 'a worker ended' }],
    suites: [
      { specs: [spec('passes', true)], suites: [{ specs: [spec('fails', false), spec('passes later', true, true)] }] },
    ],
  });
  expect(counts).toEqual({
    passed: 2,
    failed: 2,
    skipped: 0,
    failures: ['a.spec.ts:7 › fails\n    no button', 'playwright\n    a worker ended'],
    unsteady: ['a.spec.ts:7 › passes later\n    no button'],
  });
});

it('a proof of lessons: each claim counts, and one that does not hold is told with what was seen', () => {
  const row = {
    lesson: '01-a',
    step: 'pull',
    freshFails: true,
    solutionPasses: true,
    mutants: [],
    wrong: [{ attempt: 'docker pul', ok: false, saw: 'it passed' }],
    quizzes: [{ attempt: 'b', ok: true }],
  };
  const counts = countLessons([row]);
  expect(counts).toEqual({
    passed: 3,
    failed: 1,
    skipped: 0,
    failures: ['01-a › pull › docker pul\n    it passed'],
    unsteady: [],
  });
  expect(addUp([counts, counts])).toMatchObject({ passed: 6, failed: 2 });
  expect(addUp([counts, counts]).failures).toHaveLength(2);
});
