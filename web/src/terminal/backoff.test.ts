import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('doubles from a quarter of a second to five seconds', () => {
  const backoff = new Backoff(() => 1);
  expect(Array.from({ length: 7 }, () => backoff.nextMs())).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  backoff.reset();
  expect(backoff.nextMs()).toBe(250);
});

test('jitter takes at most half away', () => {
  expect(new Backoff(() => 0).nextMs()).toBe(125);
});
