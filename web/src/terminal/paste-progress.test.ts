import { afterEach, expect, test, vi } from 'vitest';
import { followPaste } from './paste-progress.ts';

afterEach(() => void vi.useRealTimers());

function follow(text: string, ...left: number[]): number[] {
  vi.useFakeTimers();
  const told: number[] = [];
  followPaste(
    text,
    () => (left.length > 1 ? (left.shift() ?? 0) : (left[0] ?? 0)),
    (share) => told.push(share),
  );
  vi.advanceTimersByTime(5000);
  return told;
}

test('a long paste is told of until all of it has gone', () => {
  expect(follow('x'.repeat(100_000), 100_000, 75_000, 75_000, 0)).toEqual([0, 0.25, 0.25, 1]);
});

test('what goes at once is not worth a word', () => {
  expect(follow('x', 1, 1, 0)).toEqual([]);
  expect(follow('x'.repeat(100_000), 0)).toEqual([]);
});
