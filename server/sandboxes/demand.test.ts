// How the stock follows arrivals, and what is said of the wait.

import { expect, test } from 'vitest';
import { Demand } from './demand.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function demand(floor: number, ceiling: number) {
  const now = { ms: 0 };
  return { now, one: new Demand({ floor, ceiling, clock: () => now.ms }) };
}

test('the stock is the floor while nobody comes, and never above the ceiling', () => {
  const { now, one } = demand(2, 5);
  expect([one.target, one.lowerInMs]).toEqual([2, null]);
  for (let n = 0; n < 30; n++) {
    now.ms += 10;
    one.arrived();
  }
  expect(one.target).toBe(5);
});

test('it follows the busiest half minute, not the sum', () => {
  const { now, one } = demand(1, 50);
  for (let n = 0; n < 9; n++) {
    one.arrived();
    now.ms += 31 * SECOND;
  }
  expect(one.target).toBe(1);
  for (let n = 0; n < 4; n++) one.arrived();
  expect(one.target).toBe(4);
});

test('it shrinks again ten minutes after the burst', () => {
  const { now, one } = demand(1, 50);
  for (let n = 0; n < 4; n++) one.arrived();
  now.ms = 9 * MINUTE;
  expect(one.target).toBe(4);
  expect(one.lowerInMs).toBe(MINUTE + 1);
  now.ms += one.lowerInMs ?? 0;
  expect([one.target, one.lowerInMs]).toEqual([1, null]);
});

test('the wait for a free place is not known until two got free lately', () => {
  const { now, one } = demand(1, 1);
  expect(one.freeingMs(1)).toBe(null);
  one.freed();
  now.ms = 2 * MINUTE;
  expect(one.freeingMs(1)).toBe(null);
  one.freed();
  now.ms = 4 * MINUTE;
  expect(one.freeingMs(1)).toBe(2 * MINUTE);
  expect(one.freeingMs(3)).toBe(6 * MINUTE);
  now.ms = 35 * MINUTE;
  expect(one.freeingMs(1)).toBe(null);
});

test('the wait for one that is made follows what making took', () => {
  const { one } = demand(1, 1);
  const before = one.makingMs(1, 2);
  for (let n = 0; n < 20; n++) one.made(4 * SECOND);
  expect(one.makingMs(1, 2)).toBeGreaterThan(before);
  expect(one.makingMs(2, 2)).toBe(one.makingMs(1, 2));
  expect(one.makingMs(5, 2)).toBe(3 * one.makingMs(1, 2));
});
