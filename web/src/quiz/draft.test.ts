import { expect, test } from 'vitest';
import type { Quiz } from '../../../protocol/lesson.ts';
import { answerLines, emptyDraft, finished, moved } from './draft.ts';

const several: Quiz = { type: 'several', question: '?', choices: ['a', 'b', 'c'] };
const match: Quiz = { type: 'match', question: '?', left: ['x', 'y'], right: ['1', '2'] };

test('an answer can be given once nothing is missing', () => {
  expect(finished(emptyDraft({ type: 'single', question: '?', choices: ['a', 'b'] }))).toBeNull();
  expect(finished(0)).toBe(0);
  expect(finished(emptyDraft(several))).toBeNull();
  expect(finished([2])).toEqual([2]);
  expect(finished(emptyDraft(match))).toBeNull();
  expect(finished([1, -1])).toBeNull();
  expect(finished([1, 0])).toEqual([1, 0]);
  expect(finished('  ')).toBeNull();
  expect(finished(' IMAGE ID ')).toBe('IMAGE ID');
});

test('things to order stand in an order from the beginning', () => {
  expect(finished(emptyDraft({ type: 'order', question: '?', items: ['a', 'b'] }))).toEqual([0, 1]);
});

test('an answer reads as it was chosen', () => {
  expect(answerLines(several, [2, 0])).toEqual({ html: ['a', 'c'] });
  expect(answerLines({ ...several, type: 'single' }, 1)).toEqual({ html: ['b'] });
  expect(answerLines({ type: 'order', question: '?', items: ['a', 'b'] }, [1, 0])).toEqual({ html: ['b', 'a'] });
  expect(answerLines(match, [1, 0])).toEqual({ html: ['x → 2', 'y → 1'] });
});

test('what was typed stays text', () => {
  expect(answerLines({ type: 'typed', question: '?' }, '<b>')).toEqual({ text: '<b>' });
});

test('an entry moves up, down and far, and never out of the list', () => {
  expect(moved([0, 1, 2], 0, 1)).toEqual([1, 0, 2]);
  expect(moved([0, 1, 2], 2, 0)).toEqual([2, 0, 1]);
  expect(moved([0, 1, 2], 0, -1)).toEqual([0, 1, 2]);
  expect(moved([0, 1, 2], 2, 3)).toEqual([0, 1, 2]);
});
