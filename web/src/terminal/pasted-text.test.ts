import { expect, test } from 'vitest';
import { harmless, linesOf, needsAsking } from './pasted-text.ts';

test('a paste cannot press keys', () => {
  expect(harmless('ls\x1b[201~\rrm -rf /\x03\x04\x9b201~')).toBe('ls[201~\nrm -rf /201~');
  expect(harmless('a\tb\r\nc\rd\nü😀')).toBe('a\tb\nc\nd\nü😀');
});

test('many lines are asked about, and any second line where lines run by themselves', () => {
  expect(needsAsking('docker ps\n', false)).toBe(false);
  expect(needsAsking('docker ps\ndocker images', false)).toBe(true);
  expect(needsAsking('docker ps\ndocker images', true)).toBe(false);
  expect(needsAsking('x\n'.repeat(11), true)).toBe(true);
  expect(needsAsking('x'.repeat(5001), true)).toBe(true);
});

test('an end of line at the end begins no line', () => {
  expect([linesOf('a'), linesOf('a\n'), linesOf('a\nb\n\n'), linesOf('a\n\nb')]).toEqual([1, 1, 2, 3]);
});
