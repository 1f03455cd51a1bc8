import { expect, test } from 'vitest';
import { touchKeys, withCtrl } from './touch-key.ts';

test('Ctrl makes control characters of letters and leaves the rest', () => {
  expect(withCtrl('c')).toBe('\x03');
  expect(withCtrl('D')).toBe('\x04');
  expect(withCtrl('[')).toBe('\x1b');
  expect(withCtrl(' ')).toBe('\0');
  expect(withCtrl('1')).toBe('1');
  expect(withCtrl('ls')).toBe('ls');
});

test('arrows follow the cursor mode', () => {
  const up = touchKeys.find(({ name }) => name === 'up');
  expect(up?.sends(false)).toBe('\x1b[A');
  expect(up?.sends(true)).toBe('\x1bOA');
});
