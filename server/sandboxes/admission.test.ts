// How many more fit: by number, memory, disk and processors.

import { expect, test } from 'vitest';
import { Admission } from './admission.ts';
import { HostDisk } from './host-disk.ts';
import { readHostLoad } from './host-load.ts';

const MIB = 2 ** 20;
const ROOMY = new HostDisk(['/tmp'], 1);

function admission(more: Partial<ConstructorParameters<typeof Admission>[0]> = {}) {
  const host = { freeMib: 10_000, pressure: 0, ms: 0 };
  const one = new Admission({
    max: 20,
    memoryMb: 1024,
    reserveBytes: 500 * MIB,
    sandboxBytes: 128 * MIB,
    hostDisk: ROOMY,
    load: () => ({
      availableBytes: host.freeMib * MIB,
      pressure: { last10s: host.pressure, last60s: host.pressure },
    }),
    clock: () => host.ms,
    ...more,
  });
  return { host, one };
}

test('no more than allowed', async () => {
  const { one } = admission({ max: 3 });
  expect(await one.room(1, 0)).toEqual({ places: 2, why: null });
  expect(await one.room(3, 0)).toEqual({ places: 0, why: 'full' });
});

test('no more than fit into free memory, those being made included', async () => {
  const { host, one } = admission();
  host.freeMib = 500 + 2 * 128;
  expect(await one.room(2, 0)).toEqual({ places: 2, why: null });
  expect(await one.room(2, 1)).toEqual({ places: 1, why: null });
  expect(await one.room(2, 2)).toEqual({ places: 0, why: 'memory' });
});

test('where those at work are seen to take more, more is reckoned for the next', async () => {
  const { host, one } = admission();
  host.freeMib = 10_000 - 10 * 600;
  expect((await one.room(10, 0)).places).toBe(Math.floor((4000 - 500) / 600));
  // What only looks so, because something else takes memory, is bounded by the sandboxes' own limit.
  host.freeMib = 500 + 2 * 1024;
  expect((await one.room(5, 0)).places).toBe(2);
});

test('none where the disk is low', async () => {
  const { one } = admission({ hostDisk: new HostDisk(['/tmp'], 2 ** 40) });
  expect(await one.room(0, 0)).toEqual({ places: 0, why: 'disk' });
});

test('slowly where processors have been waited for all the time, and never not at all', async () => {
  const { host, one } = admission();
  host.pressure = 0.95;
  expect(await one.room(0, 0)).toEqual({ places: 1, why: null });
  one.begun();
  host.ms = 1_999;
  expect(await one.room(1, 0)).toEqual({ places: 0, why: 'busy' });
  host.ms = 2_000;
  expect(await one.room(1, 0)).toEqual({ places: 1, why: null });
  expect(one.calm).toBe(false);
  host.pressure = 0.1;
  one.begun();
  expect((await one.room(1, 0)).places).toBe(19);
  expect(one.calm).toBe(true);
});

test('the host is read as its kernel writes it, with and without pressure files', () => {
  const files: Record<string, string> = {
    '/proc/meminfo': 'MemTotal:  100 kB\nMemAvailable:   2048 kB\n',
    '/proc/pressure/cpu': 'some avg10=12.50 avg60=90.00 avg300=1.00 total=1\nfull avg10=0.00 avg60=0.00\n',
    '/proc/loadavg': '10000.0 1.0 1.0 1/1 1\n',
  };
  expect(readHostLoad((path) => files[path] ?? null)).toEqual({
    availableBytes: 2 * MIB,
    pressure: { last10s: 0.125, last60s: 0.9 },
  });
  delete files['/proc/pressure/cpu'];
  expect(readHostLoad((path) => files[path] ?? null).pressure).toEqual({ last10s: 1, last60s: 1 });
  expect(readHostLoad(() => null)).toEqual({ availableBytes: null, pressure: { last10s: 0, last60s: 0 } });
  expect(readHostLoad().availableBytes).toBeGreaterThan(0);
});
