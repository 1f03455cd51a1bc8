// The rules of waiting: in order, kept through a short absence, given up after a long one.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GRACE_MS, Line, type Place } from './line.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Seen {
  place: Place;
  granted: string[];
  givenUp: number;
  changes: number;
}

function join(line: Line<string>, how?: { first: boolean }): Seen {
  const seen: Omit<Seen, 'place'> & { place?: Place } = { granted: [], givenUp: 0, changes: 0 };
  seen.place = line.join(
    {
      onChange: () => seen.changes++,
      onGranted: (thing) => seen.granted.push(thing),
      onGivenUp: () => seen.givenUp++,
    },
    how,
  );
  return seen as Seen;
}

test('thirty are served in the order in which they came, each once', () => {
  const line = new Line<string>();
  const all = Array.from({ length: 30 }, () => join(line));
  expect(all.map(({ place }) => place.number)).toEqual(all.map((_, index) => index + 1));
  for (let n = 0; n < 30; n++) line.grant(`computer ${n}`);
  expect(all.map(({ granted }) => granted)).toEqual(all.map((_, index) => [`computer ${index}`]));
  expect([line.length, all[0]?.place.number]).toEqual([0, 0]);
  expect(() => line.grant('one more')).toThrow('nobody waits');
  vi.advanceTimersByTime(2 * GRACE_MS);
  expect(all.every(({ givenUp }) => givenUp === 0)).toBe(true);
});

test('whoever moves up is told', () => {
  const line = new Line<string>();
  const [first, second] = [join(line), join(line)];
  const before = second.changes;
  line.grant('one');
  expect([second.place.number, second.changes]).toEqual([1, before + 1]);
  expect(first.granted).toEqual(['one']);
});

test('a place is kept while somebody is there, through a short absence, and no longer', () => {
  const line = new Line<string>();
  const [here, away] = [join(line), join(line)];
  here.place.present(true);
  away.place.present(true);
  vi.advanceTimersByTime(100 * GRACE_MS);
  away.place.present(false);
  vi.advanceTimersByTime(GRACE_MS - 1);
  away.place.present(true);
  vi.advanceTimersByTime(10 * GRACE_MS);
  expect([away.place.number, away.givenUp]).toEqual([2, 0]);
  away.place.present(false);
  vi.advanceTimersByTime(GRACE_MS);
  expect([away.place.number, away.givenUp, line.length]).toEqual([0, 1, 1]);
  away.place.present(true);
  expect(line.length).toBe(1);
  line.grant('it');
  expect([here.granted, away.granted]).toEqual([['it'], []]);
});

test('who never comes gives the place up, and those behind move up', () => {
  const line = new Line<string>();
  const [never, next] = [join(line), join(line)];
  next.place.present(true);
  vi.advanceTimersByTime(GRACE_MS);
  expect([never.givenUp, next.place.number, next.changes > 0]).toEqual([1, 1, true]);
});

test('who leaves is not told, and is left out', () => {
  const line = new Line<string>();
  const [gone, next] = [join(line), join(line)];
  gone.place.leave();
  line.grant('it');
  expect([gone.granted, gone.givenUp, gone.changes, next.granted]).toEqual([[], 0, 0, ['it']]);
});

test('one who had a computer comes before all others', () => {
  const line = new Line<string>();
  const other = join(line);
  const back = join(line, { first: true });
  expect([back.place.number, other.place.number, other.changes]).toEqual([1, 2, 1]);
});
