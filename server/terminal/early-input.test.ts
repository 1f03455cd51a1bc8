import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KEPT_INPUT_BYTES, KEPT_INPUT_MS } from '../../protocol/limits.ts';
import { EarlyInput } from './early-input.ts';

const refused: number[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  refused.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});
const early = () => new EarlyInput((bytes) => refused.push(bytes));

it('gives what was kept, in its order and once', () => {
  const input = early();
  for (const part of ['l', '', 's\r']) expect(input.add(Buffer.from(part))).toBe(true);
  expect(String(input.take())).toBe('ls\r');
  expect(String(input.take())).toBe('');
  vi.advanceTimersByTime(2 * KEPT_INPUT_MS);
  expect(refused).toEqual([]);
});

it('refuses what is too late, from the first byte on, and keeps what comes after', () => {
  const input = early();
  input.add(Buffer.from('late'));
  vi.advanceTimersByTime(KEPT_INPUT_MS - 1);
  input.add(Buffer.from('r'));
  vi.advanceTimersByTime(1);
  expect(refused).toEqual([5]);
  input.add(Buffer.from('new'));
  expect(String(input.take())).toBe('new');
});

it('takes no more than is kept, and nothing of what is too much', () => {
  const input = early();
  expect(input.add(Buffer.alloc(KEPT_INPUT_BYTES - 1))).toBe(true);
  expect(input.add(Buffer.from('ab'))).toBe(false);
  expect(input.add(Buffer.from('a'))).toBe(true);
  expect(input.take()).toHaveLength(KEPT_INPUT_BYTES);
});
