import { expect, test } from 'vitest';
import { limits, moveByKey, rememberedShare, within } from './divider-position.ts';

test('arrows of the right axis move, others do not', () => {
  expect(moveByKey('ArrowRight', 44, 'beside')).toBe(46);
  expect(moveByKey('ArrowLeft', 44, 'beside')).toBe(42);
  expect(moveByKey('ArrowUp', 44, 'beside')).toBeNull();
  expect(moveByKey('ArrowDown', 46, 'stacked')).toBe(48);
  expect(moveByKey('Tab', 46, 'stacked')).toBeNull();
});

test('stays within the limits', () => {
  expect(moveByKey('ArrowRight', 70, 'beside')).toBe(70);
  expect(moveByKey('Home', 50, 'stacked')).toBe(25);
  expect(within(99, limits.stacked)).toBe(50);
});

test('without storage the divider stands where it first does', () => {
  expect(rememberedShare('beside')).toBe(limits.beside.first);
});
