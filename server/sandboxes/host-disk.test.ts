// When the host's disk counts as too full for another sandbox.

import { expect, it } from 'vitest';
import { HostDisk } from './host-disk.ts';

it('has room where enough is free in every folder that it sees', async () => {
  expect(await new HostDisk(['/tmp', '/nowhere/at/all'], 1).hasRoom()).toBe(true);
});

it('has none where one of them has less', async () => {
  expect(await new HostDisk(['/nowhere/at/all', '/tmp'], 2 ** 40).hasRoom()).toBe(false);
});
