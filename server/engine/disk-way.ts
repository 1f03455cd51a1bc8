// How this machine bounds a sandbox's disk: by the kernel where an image can be mounted, else by measuring. Found out by trying.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { messageOf, SlipwayError } from '../errors.ts';
import { type DiskImage, DiskImages, volumeOptions } from './disk-image.ts';
import type { HostEngine } from './host-images.ts';
import { labels, type Owner } from './labels.ts';

export type DiskWay =
  /** Nothing more can be written than the size. */
  | { way: 'kernel' }
  /** Sizes are looked at while work goes on; nothing stops at them. */
  | { way: 'measured'; because: string };

export interface ProbeOptions {
  engine: HostEngine;
  owner: Owner;
  /** Any image. */
  image: string;
  /** Where sandboxes' images would be. */
  dataDir: string;
  isRoot: boolean;
  /** Not on the engine's computer: there a device of the same name is something else. */
  apart?: boolean;
  images?: DiskImages;
}

const PROBE_MB = 32;
/** Every ext4 file system has it, and nothing else of ours. */
const TRACE = 'lost+found';

/** Mounts a small image as a sandbox's would be; nothing of it is left. Never throws: what fails is the reason. */
export async function findDiskWay(options: ProbeOptions): Promise<DiskWay> {
  if (options.apart) return { way: 'measured', because: 'server and engine are not on one computer' };
  if (!options.isRoot) return { way: 'measured', because: 'the server does not run as root' };
  try {
    await probe(options);
    return { way: 'kernel' };
  } catch (error) {
    return { way: 'measured', because: messageOf(error) };
  }
}

/** One line for whoever runs the server. */
export function describeDiskWay(disk: DiskWay, sizeMb: number): string {
  const size = `${Number((sizeMb / 1024).toFixed(2))} GiB`;
  if (disk.way === 'kernel') return `Each practice computer has a disk of ${size}, held by the kernel`;
  return `Each practice computer may use ${size} of disk; this is measured, not held, because ${disk.because}`;
}

async function probe({ engine, owner, image, dataDir, images = new DiskImages() }: ProbeOptions): Promise<void> {
  const name = `slipway-probe-${owner.instance}`;
  const disk: DiskImage = { file: join(dataDir, 'probe.ext4'), sizeMb: PROBE_MB, owner: 0 };
  const own = labels('probe', owner);
  const sweep = async () => {
    await ignore(engine.getContainer(name).remove({ force: true, v: true }));
    await ignore(engine.getVolume(name).remove({ force: true }));
    await ignore(images.letGo(disk.file));
    await rm(disk.file, { force: true });
  };
  // Of a server that was killed in the middle of this.
  await sweep();
  try {
    await images.format(disk);
    await images.attach(disk.file);
    await engine.createVolume({ Name: name, Labels: own, Driver: 'local', DriverOpts: volumeOptions(disk) });
    const container = await engine.createContainer({
      name,
      Image: image,
      Labels: own,
      HostConfig: { NetworkMode: 'none', Binds: [`${name}:/data:nocopy`] },
    });
    // The engine mounts a container's volumes to look into it: it need not run.
    const answer = await container.infoArchive({ path: `/data/${TRACE}` }).catch((cause) => {
      throw new SlipwayError('disk-probe', `the engine did not mount a disk image: ${messageOf(cause)}`, {
        next: 'Run the server on the same machine as the engine.',
        cause,
      });
    });
    // Else its connection stays open, and the process with it.
    (answer as Readable).destroy();
  } finally {
    await sweep();
  }
}

async function ignore(removal: Promise<unknown>): Promise<void> {
  await removal.catch(() => {});
}
