// A sandbox's disk as an ext4 image on a loop device: its size and its number of files are held by the kernel.

import { execFile } from 'node:child_process';
import { open, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { messageOf, SlipwayError } from '../errors.ts';

export interface DiskImage {
  /** In a folder that no sandbox sees. */
  file: string;
  sizeMb: number;
  /** Host user and group id of the sandbox's root. */
  owner: number;
}

const PROGRAM_PATH = '/usr/sbin:/sbin:/usr/bin:/bin';
const PROGRAM_MS = 20_000;
const BLOCK_DEVICES = '/sys/block';
/** Group, seen from inside, for which the last hundredth of the disk is kept: the engine has it, see world.services. */
const RESERVE_GROUP = 60_000;

/** Where sandboxes and the probe have theirs. */
const OURS = /\/(s\/[0-9a-f]{8}\/disk|probe)\.ext4$/;

/** The link through which the engine finds the device; it is there only while a sandbox is being started. */
const linkTo = (file: string) => `${file}.device`;

/** How the engine mounts it as a local volume. */
export function volumeOptions({ file, owner }: DiskImage): Record<string, string> {
  const options = [
    // Nothing that a learner makes is a program of root's or a device where the host sees it.
    'nosuid',
    'nodev',
    'noatime',
    // What is freed inside is free on the host, too.
    'discard',
    // A sandbox need not outlive a power cut: its syncs wait for no disk. The journal is for the server's and engine's end.
    'nobarrier',
    'noinit_itable',
    'errors=remount-ro',
    `resgid=${owner + RESERVE_GROUP}`,
  ];
  return { type: 'ext4', device: linkTo(file), o: options.join(',') };
}

/** The programs that make and attach images, looked for in `path`. */
export class DiskImages {
  readonly #path: string;

  constructor(path = PROGRAM_PATH) {
    this.#path = path;
  }

  /** Makes the file, sparse, and an empty file system in it. Throws SlipwayError `disk-image`. */
  async format({ file, sizeMb, owner }: DiskImage): Promise<void> {
    const image = await open(file, 'w', 0o600);
    await image.truncate(sizeMb * 2 ** 20).finally(() => image.close());
    // It never grows: without the room for that, making it takes a third less and an empty one a tenth of a megabyte.
    const layout = ['-b', '4096', '-i', '16384', '-I', '256', '-m', '1', '-J', 'size=8', '-O', '^resize_inode'];
    const extended = `nodiscard,lazy_itable_init=1,lazy_journal_init=1,root_owner=${owner}:${owner}`;
    await this.#run('mkfs.ext4', '-q', '-F', ...layout, '-E', extended, file);
  }

  /** Attaches it and makes the link that `volumeOptions` names. Throws SlipwayError `disk-image`. */
  async attach(file: string): Promise<void> {
    const device = await this.#run('losetup', '--find', '--show', file);
    await rm(linkTo(file), { force: true });
    await symlink(device, linkTo(file));
  }

  /** Leaves the device to whoever has it mounted: it is free when the last of them lets go, at once where there is none. */
  async letGo(file: string): Promise<void> {
    await rm(linkTo(file), { force: true });
    await this.#letGo(({ backing }) => backing === file);
  }

  /** Lets go of what an earlier run of the server left attached below a folder, and any server whose folder is gone. */
  async letGoBelow(folder: string): Promise<void> {
    await this.#letGo(({ backing, isGone }) => backing.startsWith(`${folder}/`) || (isGone && OURS.test(backing)));
  }

  /** Lets go of every image of Slipway's. Only where no server runs. */
  async letGoAll(): Promise<void> {
    await this.#letGo(({ backing }) => OURS.test(backing));
  }

  async #letGo(isMeant: (device: LoopDevice) => boolean): Promise<void> {
    const devices = (await attachedDevices()).filter((device) => !device.autoclear && isMeant(device));
    for (const { device } of devices) await this.#run('losetup', '--detach', device);
  }

  async #run(program: string, ...args: string[]): Promise<string> {
    try {
      const env = { PATH: this.#path, LC_ALL: 'C' };
      const { stdout } = await promisify(execFile)(program, args, { env, timeout: PROGRAM_MS });
      return stdout.trim();
    } catch (cause) {
      throw new SlipwayError('disk-image', `${program}: ${whyOf(cause)}`, {
        next: 'See that the packages e2fsprogs and mount are there, and that this machine has loop devices.',
        cause,
      });
    }
  }
}

interface LoopDevice {
  /** `/dev/loop3` */
  device: string;
  /** The file behind it, and whether that was removed. */
  backing: string;
  isGone: boolean;
  /** It is free by itself when nobody has it mounted any more. */
  autoclear: boolean;
}

/** Every one in use. */
async function attachedDevices(): Promise<LoopDevice[]> {
  const names = await readdir(BLOCK_DEVICES).catch(() => []);
  const found = names
    .filter((name) => name.startsWith('loop'))
    .map(async (name) => {
      const about = (what: string) => readFile(`${BLOCK_DEVICES}/${name}/loop/${what}`, 'utf8').catch(() => '');
      const [backing, autoclear] = await Promise.all([about('backing_file'), about('autoclear')]);
      const [, file = '', gone] = /^(.*?)( \(deleted\))?\n?$/.exec(backing) ?? [];
      return { device: `/dev/${name}`, backing: file, isGone: gone !== undefined, autoclear: autoclear.trim() === '1' };
    });
  return (await Promise.all(found)).filter(({ backing }) => backing !== '');
}

function whyOf(error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: string };
  if (code === 'ENOENT') return 'not found';
  return stderr?.trim().split('\n').at(-1) || messageOf(error);
}
