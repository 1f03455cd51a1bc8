import { expect, test } from 'vitest';
import { drawnAway, limits, moveByKey, rememberedShare, within } from './divider-position.ts';

test('arrows of the right axis move, others do not', () => {
  expect(moveByKey('ArrowRight', 44, 'lesson-beside')).toBe(46);
  expect(moveByKey('ArrowLeft', 44, 'lesson-beside')).toBe(42);
  expect(moveByKey('ArrowUp', 44, 'lesson-beside')).toBeNull();
  expect(moveByKey('ArrowDown', 46, 'map-below')).toBe(48);
  expect(moveByKey('Tab', 46, 'map-below')).toBeNull();
});

test('stays within the limits', () => {
  expect(moveByKey('ArrowRight', 70, 'lesson-beside')).toBe(70);
  expect(moveByKey('Home', 50, 'lesson-stacked')).toBe(20);
  expect(within(99, limits['lesson-stacked'])).toBe(65);
});

test('drawn far enough to a side, what is there goes', () => {
  expect(drawnAway(24, 'lesson-beside')).toBeNull();
  expect(drawnAway(12, 'lesson-beside')).toBe('first');
  expect(drawnAway(90, 'map-below')).toBe('second');
});

test('without storage the divider stands where it first does', () => {
  expect(rememberedShare('lesson-beside')).toBe(limits['lesson-beside'].first);
});
