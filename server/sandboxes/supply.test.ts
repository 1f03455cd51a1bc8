// When sandboxes are made, for whom, and what becomes of the stock.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SocketLink } from '../engine/sandbox-link.ts';
import { Admission } from './admission.ts';
import { Demand } from './demand.ts';
import { HostDisk } from './host-disk.ts';
import { Line } from './line.ts';
import { Sandbox } from './sandbox.ts';
import { Supply } from './supply.ts';

const MIB = 2 ** 20;
const MAKING_MS = 800;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A host whose sandboxes take 800 ms to make. The clock is the fake one. */
function host({ floor = 0, ceiling = 0, max = 100, pressure = 0 } = {}) {
  const state = { all: 0, making: 0, mostAtOnce: 0, made: 0, removed: 0, broken: false, freeMib: 50_000, pressure };
  const line = new Line<Sandbox>();
  const demand = new Demand({ floor, ceiling });
  const admission = new Admission({
    max,
    memoryMb: 1024,
    reserveBytes: 0,
    sandboxBytes: 128 * MIB,
    hostDisk: new HostDisk([], 1),
    load: () => ({
      availableBytes: state.freeMib * MIB,
      pressure: { last10s: state.pressure, last60s: state.pressure },
    }),
  });
  const supply = new Supply({
    line,
    demand,
    admission,
    size: () => state.all,
    make: async () => {
      state.all++;
      state.mostAtOnce = Math.max(state.mostAtOnce, ++state.making);
      await new Promise((resolve) => setTimeout(resolve, MAKING_MS));
      state.making--;
      if (state.broken) {
        state.all--;
        throw new Error('the engine is away');
      }
      return new Sandbox({ id: `made-${++state.made}`, slot: 0, nonce: '' }, '/nowhere', new SocketLink('/nowhere'));
    },
    remove: async () => {
      state.removed++;
      state.all--;
    },
    log: { warn: () => {} },
  });
  const got: string[] = [];
  const arrive = (name: string) => {
    demand.arrived();
    const waiter = {
      onChange: () => {},
      onGranted: () => got.push(name),
      onGivenUp: () => got.push(`${name} gave up`),
    };
    const place = line.join(waiter);
    place.present(true);
    supply.serve();
    return place;
  };
  return { state, line, supply, arrive, got };
}

test('a burst of thirty is served in order, a few at once, and none twice', async () => {
  const { state, line, arrive, got, supply } = host({ floor: 2, ceiling: 2 });
  const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
  names.forEach(arrive);
  expect(supply.waitMs(30)).toBeGreaterThan(supply.waitMs(1) ?? 0);
  while (line.length > 0) await vi.advanceTimersByTimeAsync(100);
  expect([got, line.length]).toEqual([names, 0]);
  expect(state.mostAtOnce).toBeGreaterThan(1);
  expect(state.mostAtOnce).toBeLessThan(30);
  // Then the stock, one at a time.
  state.mostAtOnce = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([state.made, supply.warm.length, state.mostAtOnce]).toEqual([32, 2, 1]);
});

test('no more are made than fit; a place that gets free goes to the first', async () => {
  const { state, arrive, got, supply } = host({ max: 3 });
  for (const name of ['a', 'b', 'c', 'd', 'e']) arrive(name);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([got, state.all, supply.why, supply.waitMs(1)]).toEqual([['a', 'b', 'c'], 3, 'full', null]);
  state.all--;
  supply.serve();
  await vi.advanceTimersByTimeAsync(MAKING_MS);
  expect(got).toEqual(['a', 'b', 'c', 'd']);
});

test('with little memory new ones wait, and come when there is enough again', async () => {
  const { state, arrive, got, supply } = host();
  state.freeMib = 100;
  arrive('a');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([got, state.made, supply.why]).toEqual([[], 0, 'memory']);
  state.freeMib = 1000;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(got).toEqual(['a']);
});

test('where making fails they keep their places, and it is tried again', async () => {
  const { state, arrive, got, supply } = host();
  state.broken = true;
  arrive('a');
  arrive('b');
  await vi.advanceTimersByTimeAsync(2 * MAKING_MS);
  expect([got, supply.why, supply.waitMs(1), supply.healthy]).toEqual([[], 'trouble', null, false]);
  state.broken = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([got, supply.healthy]).toEqual([['a', 'b'], true]);
});

test('the stock grows with arrivals, and shrinks when it is quiet', async () => {
  const { state, arrive, supply } = host({ floor: 1, ceiling: 4 });
  for (const name of ['a', 'b', 'c']) arrive(name);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(supply.warm.length).toBe(3);
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  expect([supply.warm.length, state.removed, state.all]).toEqual([1, 2, 4]);
});

test('stock that was taken is made again after a moment, later where others need the processors', async () => {
  for (const [pressure, early] of [
    [0, 1],
    [0.8, 0],
  ] as const) {
    const { supply } = host({ floor: 1, ceiling: 1, pressure });
    await Promise.all([supply.refill(), vi.advanceTimersByTimeAsync(MAKING_MS)]);
    expect(supply.shift()?.id).toBe('made-1');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(supply.coming).toBe(0);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(supply.warm.length).toBe(early);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(supply.warm.length).toBe(1);
  }
});
