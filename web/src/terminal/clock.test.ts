import { expect, test } from 'vitest';
import { clockOf } from './clock.ts';

test.each([
  [300_000, '5:00'],
  [299_001, '5:00'],
  [299_000, '4:59'],
  [60_000, '1:00'],
  [9_400, '0:10'],
  [0, '0:00'],
])('%s ms are %s', (ms, text) => {
  expect(clockOf(ms)).toBe(text);
});
