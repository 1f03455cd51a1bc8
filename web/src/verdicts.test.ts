import { expect, test } from 'vitest';
import { awaited, recordVerdict } from './verdicts.ts';

const fail = { step: 'a', state: 'fail', message: 'No image.', command: 'docker pull ngnix' } as const;
const pass = { step: 'a', state: 'pass', message: 'Pulled.', command: null } as const;

test('a check under way keeps the last word visible', () => {
  const after = recordVerdict(recordVerdict({}, fail), { step: 'a', state: 'checking', message: '', command: null });
  expect(after.a).toEqual({
    last: { state: 'fail', message: 'No image.', command: 'docker pull ngnix' },
    checking: true,
  });
});

test('a pass stays beside its step when the next one is checked, a fail does not', () => {
  const next = { step: 'b', state: 'checking', message: '', command: null } as const;
  expect(recordVerdict(recordVerdict({}, pass), next)).toEqual({
    a: { last: { state: 'pass', message: 'Pulled.', command: null }, checking: false },
    b: { last: null, checking: true },
  });
  expect(recordVerdict(recordVerdict({}, fail), next).a).toBeUndefined();
});

test('no verdict ends a check', () => {
  expect(recordVerdict({ a: { last: null, checking: true } }, null)).toEqual({});
});

test('a step waits for its checks, for its questions, or for both', () => {
  expect(awaited({ showable: true }, false, [])).toEqual({ checks: true, quizzes: 0 });
  expect(awaited({ showable: false }, false, [true, false])).toEqual({ checks: false, quizzes: 1 });
  expect(awaited({ showable: true }, false, [false, false])).toEqual({ checks: true, quizzes: 2 });
  expect(awaited({ showable: true }, true, [false])).toEqual({ checks: false, quizzes: 1 });
});
