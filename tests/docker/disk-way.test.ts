// How a sandbox's disk is bounded is found out on the real engine, and what was tried leaves nothing behind.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Docker from 'dockerode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskImages } from '../../server/engine/disk-image.ts';
import { findDiskWay } from '../../server/engine/disk-way.ts';
import { loopDevicesBelow } from '../support/loop-devices.ts';
import { learnerImage } from '../support/sandbox.ts';

const INSTANCE = 'slwdisk';
const OWNER = 1_000_000_000;
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync('/tmp/slw-disk-');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

async function way(images?: DiskImages) {
  const probe = {
    engine: new Docker(),
    owner: { instance: INSTANCE, folder: dataDir },
    image: await learnerImage(),
    dataDir,
    isRoot: true,
  };
  return findDiskWay({ ...probe, ...(images && { images }) });
}

function leftovers() {
  const own = ['--filter', `label=slipway.instance=${INSTANCE}`];
  const lines = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean);
  return [
    ...lines('ps', '-aq', ...own),
    ...lines('volume', 'ls', '-q', ...own),
    ...loopDevicesBelow(dataDir).map(({ name }) => name),
    ...readdirSync(dataDir).filter((name) => name !== 'bin'),
  ];
}

describe.runIf(process.getuid?.() === 0)('as root on the engine’s computer', () => {
  it('the kernel holds it', async () => {
    expect(await way()).toEqual({ way: 'kernel' });
    expect(leftovers()).toEqual([]);
  });

  it('it is only measured where a program is missing, and that is said', async () => {
    expect(await way(new DiskImages('/nowhere'))).toEqual({ way: 'measured', because: 'mkfs.ext4: not found' });
    execFileSync('sh', ['-c', `mkdir ${dataDir}/bin; ln -s /usr/sbin/mkfs.ext4 ${dataDir}/bin/`]);
    expect(await way(new DiskImages(join(dataDir, 'bin')))).toEqual({
      way: 'measured',
      because: 'losetup: not found',
    });
    expect(leftovers()).toEqual([]);
  });

  it('it is only measured where the engine does not mount it, and that is said', async () => {
    const images = new DiskImages();
    images.attach = async (file) => symlinkSync('/dev/null', `${file}.device`);
    expect(await way(images)).toEqual({
      way: 'measured',
      because: expect.stringContaining('the engine did not mount a disk image'),
    });
    expect(leftovers()).toEqual([]);
  });

  it('a probe that was killed in its middle is swept by the next one', async () => {
    const images = new DiskImages();
    const file = join(dataDir, 'probe.ext4');
    await images.format({ file, sizeMb: 32, owner: 0 });
    await images.attach(file);
    await new Docker().createVolume({ Name: `slipway-probe-${INSTANCE}`, Labels: { 'slipway.instance': INSTANCE } });
    expect(leftovers()).toHaveLength(4);
    expect(await way()).toEqual({ way: 'kernel' });
    expect(leftovers()).toEqual([]);
  });
});

it.runIf(process.getuid?.() === 0)(
  'what servers that were killed have left attached is let go, and nothing else',
  async () => {
    const images = new DiskImages();
    const attach = async (...path: string[]) => {
      const file = join(dataDir, ...path);
      mkdirSync(dirname(file), { recursive: true });
      await images.format({ file, sizeMb: 32, owner: 0 });
      await images.attach(file);
      return file;
    };
    const attached = () => loopDevicesBelow(dataDir).length;
    await attach('gone', 's', '0123abcd', 'disk.ext4');
    await attach('own', 's', '0123abcd', 'disk.ext4');
    const other = await attach('other', 's', '0123abcd', 'disk.ext4');
    const foreign = await attach('somebody', 'disk.ext4');
    rmSync(join(dataDir, 'gone'), { recursive: true });
    expect(attached()).toBe(4);
    try {
      await images.letGoBelow(join(dataDir, 'own', 's'));
      expect(attached()).toBe(2);
      await images.letGo(other);
      expect(attached()).toBe(1);
    } finally {
      await images.letGo(foreign);
    }
    expect(attached()).toBe(0);
  },
);

it('formats a sparse file that only its owner may read, and says what mkfs refuses', async () => {
  const disk = { file: join(dataDir, 'disk.ext4'), sizeMb: 2048, owner: OWNER };
  await new DiskImages().format(disk);
  const { size, blocks, mode } = statSync(disk.file);
  expect(size).toBe(2 ** 31);
  expect(blocks * 512).toBeLessThan(2 ** 20);
  expect(mode & 0o777).toBe(0o600);
  await expect(new DiskImages().format({ ...disk, sizeMb: 0 })).rejects.toThrow(/mkfs\.ext4: /);
  await expect(new DiskImages().attach(join(dataDir, 'none'))).rejects.toThrow(/losetup: .*none/);
});
