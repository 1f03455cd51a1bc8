import { expect, test } from 'vitest';
import { limitPolicyOf } from './limit-policy.ts';

const MINUTE = 60_000;
const minutes = (settings: { idleMinutes?: number; totalMinutes?: number }, alone: boolean) => {
  const { idleMs, totalMs } = limitPolicyOf({ extensions: 4, ...settings }, alone);
  return [idleMs && idleMs / MINUTE, totalMs && totalMs / MINUTE];
};

test('who is alone has no limits, unless they are set', () => {
  expect(minutes({}, true)).toEqual([null, null]);
  expect(minutes({ idleMinutes: 30 }, true)).toEqual([30, null]);
});

test('elsewhere there are limits, and 0 takes one away', () => {
  expect(minutes({}, false)).toEqual([60, 480]);
  expect(minutes({ idleMinutes: 0 }, false)).toEqual([null, 480]);
  expect(minutes({ totalMinutes: 0 }, false)).toEqual([60, null]);
  expect(minutes({ idleMinutes: 600 }, false)).toEqual([600, 600]);
  expect(minutes({ totalMinutes: 20 }, false)).toEqual([20, 20]);
});

test('an idle limit above the one in all is refused', () => {
  expect(() => limitPolicyOf({ idleMinutes: 90, totalMinutes: 60, extensions: 0 }, true)).toThrow(
    '--idle-minutes 90 is longer than --total-minutes 60',
  );
});
