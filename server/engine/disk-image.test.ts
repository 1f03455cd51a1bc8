// Disk images: what is missing on a machine is named, and what the engine is told to mount.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DiskImages, volumeOptions } from './disk-image.ts';
import { describeDiskWay, findDiskWay } from './disk-way.ts';
import type { HostEngine } from './host-images.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-disk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('says which program is missing', async () => {
  const disk = { file: join(folder, 'disk.ext4'), sizeMb: 256, owner: 1 };
  await expect(new DiskImages(folder).format(disk)).rejects.toMatchObject({
    code: 'disk-image',
    message: 'mkfs.ext4: not found',
    next: expect.stringContaining('e2fsprogs'),
  });
  await expect(new DiskImages(folder).attach(disk.file)).rejects.toThrow('losetup: not found');
});

it('shows the host no program of root’s and no device, and keeps the reserve for the sandbox’s own engine', () => {
  const { type, device, o } = volumeOptions({ file: '/data/s/1/disk.ext4', sizeMb: 2048, owner: 1_000_100_000 });
  expect({ type, device }).toEqual({ type: 'ext4', device: '/data/s/1/disk.ext4.device' });
  expect(o?.split(',')).toEqual(expect.arrayContaining(['nosuid', 'nodev', 'resgid=1000160000']));
});

it('only measures where it cannot hold, and says why', async () => {
  const probe = { engine: {} as HostEngine, owner: { instance: 'x', folder }, image: 'none', dataDir: folder };
  const way = await findDiskWay({ ...probe, isRoot: false });
  expect(describeDiskWay(way, 2048)).toBe(
    'Each practice computer may use 2 GiB of disk; this is measured, not held, because the server does not run as root',
  );
  expect(describeDiskWay({ way: 'kernel' }, 1536)).toBe(
    'Each practice computer has a disk of 1.5 GiB, held by the kernel',
  );
});
