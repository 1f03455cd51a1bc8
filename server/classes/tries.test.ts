import { expect, it } from 'vitest';
import { Tries } from './tries.ts';

it('lets so many go wrong within a while, of each key by itself', () => {
  let nowMs = 0;
  const tries = new Tries(2, 1000, () => nowMs);
  tries.count('a');
  expect(tries.waitMs('a')).toBe(0);
  nowMs = 400;
  tries.count('a');
  expect(tries.waitMs('a')).toBe(600);
  expect(tries.waitMs('b')).toBe(0);
  nowMs = 1000;
  expect(tries.waitMs('a')).toBe(0);
  tries.count('a');
  expect(tries.waitMs('a')).toBe(400);
  tries.forget('a');
  expect(tries.waitMs('a')).toBe(0);
});

it('remembers ten thousand keys at most', () => {
  const tries = new Tries(1, 1000, () => 0);
  for (let n = 0; n <= 10_000; n++) tries.count(`key ${n}`);
  expect(tries.waitMs('key 0')).toBe(0);
  expect(tries.waitMs('key 1')).toBe(1000);
});
