import { expect, test } from 'vitest';
import { binaryBytes, decimalBytes, duration, roughly } from './amounts.ts';

test('sizes are written as docker images does, and as df -h does', () => {
  expect([0, 999, 1_500, 2_000, 27_400_000, 2_000_000_000].map(decimalBytes)).toEqual([
    ...['0 B', '999 B', '1.5 kB', '2 kB', '27 MB', '2 GB'],
  ]);
  expect([300 * 2 ** 20, 1.5 * 2 ** 30].map(binaryBytes)).toEqual(['300 MiB', '1.5 GiB']);
});

test('times are as exact as one wants to know them', () => {
  expect([0.02, 3.14, 42.4, 125].map(duration)).toEqual(['0.02 s', '3.1 s', '42 s', '2 min 5 s']);
  expect([1, 33_000, 60_000, 600_000, 2 ** 30].map(roughly)).toEqual([
    'A few seconds.',
    'About 40 seconds.',
    'About 1 minute.',
    'About 10 minutes.',
    'More than an hour.',
  ]);
});
