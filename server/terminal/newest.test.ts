// Of many values in a moment few are told, and the last one is.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Newest } from './newest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells the first at once, one in a while, and the last', () => {
  const told: number[] = [];
  const newest = new Newest<number>((value) => told.push(value), 50);
  newest.set(1);
  expect(told).toEqual([1]);
  for (let ms = 0; ms < 1000; ms++) {
    newest.set(ms);
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(50);
  expect(told.at(-1)).toBe(999);
  expect(told.length).toBeLessThanOrEqual(22);
  newest.set(7);
  expect(told.at(-1)).toBe(7);
  newest.set(8);
  newest.stop();
  vi.advanceTimersByTime(1000);
  expect(told.at(-1)).toBe(7);
});
