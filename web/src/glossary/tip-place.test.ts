import { expect, test } from 'vitest';
import { placeTip } from './tip-place.ts';

const term = (left: number, top: number) => ({ left, right: left + 60, top, bottom: top + 20 });
const tip = { width: 300, height: 100 };
const view = { width: 390, height: 800 };

test('stands below its term', () => {
  expect(placeTip(term(40, 200), tip, view)).toEqual({ left: 40, top: 228 });
});

test('stands above where there is no room below', () => {
  expect(placeTip(term(40, 760), tip, view)).toEqual({ left: 40, top: 652 });
});

test('stays below where there is no room at all', () => {
  expect(placeTip(term(40, 60), tip, { width: 390, height: 120 }).top).toBe(88);
});

test('stays within the edges', () => {
  expect(placeTip(term(320, 200), tip, view).left).toBe(80);
  expect(placeTip(term(-20, 200), tip, view).left).toBe(10);
  expect(placeTip(term(200, 200), { width: 500, height: 100 }, view).left).toBe(10);
});
