import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EXTENSION_MS, type KeptTime, type LimitPolicy, type LimitReason, NO_TIME, TimeLimits } from './time-limits.ts';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function limits(policy: Partial<LimitPolicy>, kept: KeptTime = NO_TIME) {
  const seen = { kept, due: [] as LimitReason[], changes: 0, jumpedMs: 0 };
  const made = new TimeLimits({
    policy: { idleMs: null, totalMs: null, extensions: 0, ...policy },
    kept,
    clock: () => performance.now() + seen.jumpedMs,
    keep: (time) => {
      seen.kept = time;
    },
    onChange: () => {
      seen.changes += 1;
    },
    onDue: (why) => seen.due.push(why),
  });
  return { limits: made, seen };
}

test('without limits there is no timer and no notice', () => {
  const { limits: one, seen } = limits({});
  one.start();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(1000 * 60 * MINUTE);
  expect([one.notice, seen.due, seen.changes]).toEqual([null, [], 0]);
});

test('an idle computer is warned of five minutes before it is put away', () => {
  const { limits: one, seen } = limits({ idleMs: 60 * MINUTE });
  one.start();
  vi.advanceTimersByTime(55 * MINUTE - 1000);
  expect([one.notice, seen.changes]).toEqual([null, 0]);
  vi.advanceTimersByTime(1000);
  expect(one.notice).toEqual({ state: 'ending', why: 'idle', endsInMs: 5 * MINUTE, extendable: true });
  expect(seen.changes).toBe(1);
  vi.advanceTimersByTime(5 * MINUTE - 1000);
  expect(seen.due).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(seen.due).toEqual(['idle']);
  one.end('idle');
  expect(one.notice).toEqual({ state: 'ended', why: 'idle' });
  expect(seen.kept).toEqual({ ...NO_TIME, ended: 'idle' });
  one.start();
  expect([one.notice, seen.kept]).toEqual([null, NO_TIME]);
});

test('nobody is idle while the class stands still, and the whole warning comes after it', () => {
  const { limits: one, seen } = limits({ idleMs: 60 * MINUTE });
  one.start();
  vi.advanceTimersByTime(57 * MINUTE);
  expect(one.notice).toMatchObject({ why: 'idle' });
  one.hold(true);
  one.hold(true);
  expect(one.notice).toBeNull();
  vi.advanceTimersByTime(100 * MINUTE);
  expect([one.notice, seen.due, seen.kept.idleMs]).toEqual([null, [], 57 * MINUTE]);
  one.hold(false);
  expect(one.notice).toMatchObject({ why: 'idle', endsInMs: 5 * MINUTE });
  vi.advanceTimersByTime(5 * MINUTE);
  expect(seen.due).toEqual(['idle']);
});

test('what is done while the class stands still counts from its end', () => {
  const { limits: one, seen } = limits({ idleMs: 60 * MINUTE });
  one.start();
  one.hold(true);
  vi.advanceTimersByTime(90 * MINUTE);
  one.touch();
  vi.advanceTimersByTime(90 * MINUTE);
  one.hold(false);
  vi.advanceTimersByTime(55 * MINUTE - 1000);
  expect(one.notice).toBeNull();
  vi.advanceTimersByTime(1000);
  expect(one.notice).toMatchObject({ why: 'idle' });
  expect(seen.due).toEqual([]);
});

test('whatever the learner does puts the idle end off, and takes the warning away', () => {
  const { limits: one, seen } = limits({ idleMs: 60 * MINUTE });
  one.start();
  vi.advanceTimersByTime(57 * MINUTE);
  one.touch();
  expect([one.notice, seen.changes]).toEqual([null, 2]);
  vi.advanceTimersByTime(54 * MINUTE);
  one.touch();
  expect(seen.changes).toBe(2);
  vi.advanceTimersByTime(54 * MINUTE);
  expect(one.notice).toBe(null);
  vi.advanceTimersByTime(6 * MINUTE);
  expect(seen.due).toEqual(['idle']);
});

test('the limit in all is put off as often as allowed, and by nothing else', () => {
  const { limits: one, seen } = limits({ totalMs: 120 * MINUTE, extensions: 1 });
  one.start();
  one.extend();
  vi.advanceTimersByTime(116 * MINUTE);
  one.touch();
  expect(one.notice).toEqual({ state: 'ending', why: 'total', endsInMs: 4 * MINUTE, extendable: true });
  one.extend();
  expect(one.notice).toBe(null);
  vi.advanceTimersByTime(EXTENSION_MS);
  expect(one.notice).toEqual({ state: 'ending', why: 'total', endsInMs: 4 * MINUTE, extendable: false });
  expect(() => one.extend()).toThrow('cannot be kept any longer');
  vi.advanceTimersByTime(4 * MINUTE);
  expect(seen.due).toEqual(['total']);
});

test('of two ends the nearer one is told', () => {
  const { limits: one } = limits({ idleMs: 60 * MINUTE, totalMs: 62 * MINUTE });
  one.start();
  vi.advanceTimersByTime(58 * MINUTE);
  expect(one.notice).toMatchObject({ why: 'idle', endsInMs: 2 * MINUTE });
  one.extend();
  expect(one.notice).toMatchObject({ why: 'total', endsInMs: 4 * MINUTE });
});

test('a clock that jumps an hour takes nobody’s computer without the whole warning', () => {
  const { limits: one, seen } = limits({ idleMs: 60 * MINUTE });
  one.start();
  vi.advanceTimersByTime(MINUTE);
  seen.jumpedMs = 120 * MINUTE;
  vi.advanceTimersByTime(MINUTE);
  expect(one.notice).toMatchObject({ state: 'ending', endsInMs: 5 * MINUTE });
  vi.advanceTimersByTime(5 * MINUTE - 1);
  expect(seen.due).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(seen.due).toEqual(['idle']);
});

test('a server that is killed counts on from the last minute, and not the time in between', () => {
  const first = limits({ idleMs: 60 * MINUTE, totalMs: 600 * MINUTE });
  first.limits.start();
  vi.advanceTimersByTime(30 * MINUTE + 1000);
  const second = limits({ idleMs: 60 * MINUTE, totalMs: 600 * MINUTE }, first.seen.kept);
  vi.advanceTimersByTime(0);
  second.limits.resume();
  vi.advanceTimersByTime(25 * MINUTE);
  expect(second.limits.notice).toMatchObject({ why: 'idle', endsInMs: 5 * MINUTE });
});

test('of a short limit half is warned of', () => {
  const { limits: one } = limits({ idleMs: 2 * MINUTE });
  one.start();
  vi.advanceTimersByTime(MINUTE - 1);
  expect(one.notice).toBe(null);
  vi.advanceTimersByTime(1);
  expect(one.notice).toMatchObject({ endsInMs: MINUTE });
});

test('nothing happens after it is closed', () => {
  const { limits: one, seen } = limits({ idleMs: 2 * MINUTE });
  one.start();
  vi.advanceTimersByTime(MINUTE);
  one.close();
  vi.advanceTimersByTime(60 * MINUTE);
  expect([seen.due, seen.kept.idleMs]).toEqual([[], MINUTE]);
});
