import { expect, test } from 'vitest';
import { AnswerBook } from './answer-book.ts';

function shelf(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const right = { right: true, html: '<p>So it is.</p>', lines: { html: ['a'] } };

test('a right answer is there after a reload, a wrong one is not', () => {
  const browser = shelf();
  const book = new AnswerBook('a', browser);
  book.note('step', 0, right);
  book.note('step', 1, { ...right, right: false });
  const reloaded = new AnswerBook('a', browser);
  expect(reloaded.of('step', 0)).toEqual({ ...right, tries: 1 });
  expect(reloaded.of('step', 1)).toBeNull();
  expect(new AnswerBook('b', browser).of('step', 0)).toBeNull();
});

test('a second answer is told from the first', () => {
  const book = new AnswerBook('a', shelf());
  book.note('step', 0, { ...right, right: false });
  book.note('step', 0, { ...right, right: false });
  expect(book.of('step', 0)?.tries).toBe(2);
});

test('a lesson begun again knows no answer', () => {
  const browser = shelf();
  const book = new AnswerBook('a', browser);
  book.note('step', 0, right);
  book.clear();
  expect(book.of('step', 0)).toBeNull();
  expect(browser.kept.size).toBe(0);
});

test('does without a storage, and with what another version left in it', () => {
  expect(new AnswerBook('a', null).of('step', 0)).toBeNull();
  for (const text of ['{', '[]', '{"step/0":{"html":1}}']) {
    expect(new AnswerBook('a', shelf({ 'slipway.answers.a': text })).of('step', 0)).toBeNull();
  }
});
