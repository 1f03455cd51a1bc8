// When the host's disk counts as too full for another sandbox.

import { expect, it } from 'vitest';
import { HostDisk } from './host-disk.ts';

it('has room where enough is free in every folder that it sees', async () => {
  await new HostDisk(['/tmp', '/nowhere/at/all'], 1).mustHaveRoom();
});

it('has none where one of them has less', async () => {
  await expect(new HostDisk(['/nowhere/at/all', '/tmp'], 2 ** 40).mustHaveRoom()).rejects.toMatchObject({
    code: 'disk-low',
    status: 503,
    next: expect.stringContaining('Computers that are in use go on'),
  });
});
