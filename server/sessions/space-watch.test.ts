// When a learner's disk is looked at, and what is told of it.

import { afterEach, expect, it, vi } from 'vitest';
import type { Space } from '../../protocol/session.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { SpaceReading } from '../sandboxes/space.ts';
import { SpaceWatch, viewOf } from './space-watch.ts';

const MIB = 2 ** 20;
const EVERY_MS = 5_000;
const reading = (usedMib: number, more: Partial<SpaceReading> = {}): SpaceReading => ({
  usedBytes: usedMib * MIB,
  limitBytes: 1000 * MIB,
  files: { used: 10, limit: 1000 },
  held: true,
  ...more,
});

function watching(first: SpaceReading) {
  vi.useFakeTimers();
  const state = { now: first, reads: 0, asked: 0, told: [] as Space[] };
  const watch = new SpaceWatch({
    sandbox: {} as Sandbox,
    before: null,
    space: {
      async read() {
        state.reads++;
        if (state.now.limitBytes < 0) throw new Error('away');
        return state.now;
      },
      async largest() {
        state.asked++;
        return [{ kind: 'image' as const, name: 'big', size: MIB }];
      },
    },
    onChange: (space) => state.told.push(space),
  });
  return { state, watch };
}
afterEach(() => vi.useRealTimers());

it('looks at a command’s end and once more, and not while nothing runs', async () => {
  const { state, watch } = watching(reading(100));
  watch.commandBegins();
  watch.commandEnds();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.reads).toBe(1);
  await vi.advanceTimersByTimeAsync(60 * EVERY_MS);
  expect(state.reads).toBe(2);
});

it('where a look costs a program, looks at a command’s end only', async () => {
  const { state, watch } = watching(reading(100, { held: false }));
  watch.commandBegins();
  watch.commandEnds();
  await vi.advanceTimersByTimeAsync(60 * EVERY_MS);
  expect(state.reads).toBe(1);
});

it('looks every 5 s while a command runs, and while what it left behind writes', async () => {
  const { state, watch } = watching(reading(100));
  watch.commandBegins();
  await vi.advanceTimersByTimeAsync(3 * EVERY_MS);
  expect(state.reads).toBe(3);
  watch.commandEnds();
  await vi.advanceTimersByTimeAsync(0);
  for (let step = 1; step <= 3; step++) {
    state.now = reading(100 + 10 * step);
    await vi.advanceTimersByTimeAsync(EVERY_MS);
  }
  expect(state.reads).toBe(7);
  await vi.advanceTimersByTimeAsync(60 * EVERY_MS);
  expect(state.reads).toBe(8);
});

it('tells whole percents, and what takes most where there is little left', async () => {
  const { state, watch } = watching(reading(100));
  await watch.look();
  state.now = reading(101);
  await watch.look();
  expect(state.told.map(({ percent }) => percent)).toEqual([10]);
  state.now = reading(850);
  await watch.look();
  state.now = reading(851);
  await watch.look();
  expect(state.told.at(-1)).toMatchObject({ state: 'low', percent: 85, largest: [{ name: 'big' }] });
  expect(state.asked).toBe(1);
  // As by a rename.
  watch.commandEnds();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.asked).toBe(2);
  state.now = reading(1000);
  await watch.look();
  expect(state.told.at(-1)).toMatchObject({ state: 'full', short: 'bytes', percent: 100 });
  state.now = reading(200);
  await watch.look();
  expect(state.told.at(-1)).toMatchObject({ state: 'enough', percent: 20, largest: [] });
});

it('keeps what it knew while the sandbox does not answer, and says nothing after it was closed', async () => {
  const { state, watch } = watching(reading(100));
  await watch.look();
  state.now = reading(1, { limitBytes: -1 });
  await watch.look();
  expect(state.told).toHaveLength(1);
  state.now = reading(900);
  watch.commandBegins();
  watch.close();
  await watch.look();
  await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect(state.told).toHaveLength(1);
});

it('counts files as it counts bytes, and more than may be used as full', () => {
  expect(viewOf(reading(100, { files: { used: 990, limit: 1000 } }))).toMatchObject({ state: 'full', short: 'files' });
  expect(viewOf(reading(100, { files: { used: 820, limit: 1000 } }))).toMatchObject({ state: 'low', short: 'files' });
  expect(viewOf(reading(1500, { files: null, held: false }))).toMatchObject({ state: 'full', percent: 150 });
});
