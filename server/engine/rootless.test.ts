// What an engine holds sandboxes to, by what real ones answered to /info, in what of it counts.

import { expect, it } from 'vitest';
import { describeMeans, meansOf } from './rootless.ts';

/** Debian's docker.io, 2026. */
const SYSTEM = {
  SecurityOptions: ['name=seccomp,profile=default'],
  MemoryLimit: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  PidsLimit: true,
  CgroupDriver: 'cgroupfs',
};
/** The same, by its dockerd-rootless.sh, where control groups are of version 1. */
const ROOTLESS = {
  SecurityOptions: ['name=seccomp,profile=default', 'name=rootless'],
  MemoryLimit: false,
  CpuCfsPeriod: false,
  CpuCfsQuota: false,
  PidsLimit: false,
  CgroupDriver: 'none',
};

it('the system’s engine holds all limits', () => {
  const means = meansOf(SYSTEM);
  expect(means).toEqual({ isRootless: false, unlimited: [], cpus: true });
  expect(describeMeans(means)).toBeNull();
});

it('a rootless one without control groups holds none, and says so', () => {
  const means = meansOf(ROOTLESS);
  expect(means).toEqual({ isRootless: true, unlimited: ['memory', 'processors', 'processes'], cpus: false });
  expect(describeMeans(means)).toContain('no limit of memory, processors, processes');
});

it.each([null, {}, { MemoryLimit: 'yes' }])('nothing is made of %j', (info) => {
  expect(meansOf(info)).toEqual({ isRootless: false, unlimited: [], cpus: true });
});
