// What the machine itself must have: system, memory, processors, disk, name spaces, descriptors, a port.

import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, release } from 'node:os';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { messageOf, systemCode } from '../errors.ts';
import { availableBytes } from '../sandboxes/host-load.ts';
import { MIN_MEMORY_BYTES } from '../start-up.ts';
import { runningServer } from '../store/hold.ts';
import { tableNeeds } from './kernel-tables.ts';
import { fail, type Need, ok, warn } from './need.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
/** Of a sandbox with a registry, as measured. */
const SANDBOX_MEMORY = 70 * MIB;
const GOOD_DISK = 10 * GIB;
const GOOD_DESCRIPTORS = 4096;
/** The first one where an overlay file system may be mounted in a user name space. */
const MIN_KERNEL = [5, 11] as const;

/** Reads a file of /proc or null: hosts differ in what they have. */
export type ReadFile = (path: string) => string | null;

export interface Machine {
  platform: string;
  architecture: string;
  kernel: string;
  processors: number;
  read: ReadFile;
}

export function thisMachine(): Machine {
  const read: ReadFile = (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  };
  return {
    platform: process.platform,
    architecture: process.arch,
    kernel: release(),
    processors: cpus().length,
    read,
  };
}

export async function machineNeeds(machine: Machine, config: Config): Promise<Need[]> {
  return [
    system(machine),
    kernel(machine),
    userNamespaces(machine),
    restrictedNamespaces(machine),
    processors(machine),
    memory(machine, config),
    descriptors(machine),
    ...tableNeeds(machine, config.maxSandboxes),
    dataFolder(config),
    disk(config),
    await port(config),
  ];
}

function system({ platform, architecture }: Machine): Need {
  const base = {
    id: 'system',
    title: 'System',
    why: 'Sandboxes are Linux containers, and the images that stand in for Docker Hub’s exist for amd64 and arm64.',
  };
  const found = `${platform} on ${architecture}`;
  if (platform !== 'linux') return fail(base, found, 'Run Slipway on a Linux machine; a small virtual one will do.');
  if (['x64', 'arm64'].includes(architecture)) return ok(base, found);
  return warn(base, found, 'Use a machine with an amd64 or arm64 processor, or one that can reach Docker Hub.');
}

function kernel({ kernel: version }: Machine): Need {
  const base = {
    id: 'kernel',
    title: 'Kernel',
    why: 'The engine in a sandbox runs without rights, and mounts its images from 5.11 on.',
  };
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [least, leastMinor] = MIN_KERNEL;
  if (major > least || (major === least && minor >= leastMinor)) return ok(base, version);
  return fail(base, version, 'Install a newer kernel: Debian 12 and Ubuntu 22.04 have one.');
}

function userNamespaces({ read }: Machine): Need {
  const base = {
    id: 'user-namespaces',
    title: 'User name spaces',
    why: 'A learner is root in a name space of their own, and nobody outside it.',
  };
  const most = Number(read('/proc/sys/user/max_user_namespaces') ?? 'NaN');
  if (Number.isNaN(most)) return fail(base, 'this kernel has none', 'Use a kernel with CONFIG_USER_NS.');
  if (most < 100) return fail(base, `${most} at most`, 'sudo sysctl -w user.max_user_namespaces=15000');
  if (read('/proc/sys/kernel/unprivileged_userns_clone')?.trim() === '0') {
    return fail(base, 'switched off for ordinary users', 'sudo sysctl -w kernel.unprivileged_userns_clone=1');
  }
  return ok(base, `${most} at most`);
}

function restrictedNamespaces({ read }: Machine): Need {
  const base = {
    id: 'restricted-namespaces',
    title: 'AppArmor and user name spaces',
    why: 'Ubuntu 24.04 and others let AppArmor take all rights in a name space that an ordinary program makes.',
  };
  const restricted = read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')?.trim() === '1';
  if (!restricted) return ok(base, 'not restricted');
  return fail(base, 'restricted', 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0');
}

function processors({ processors: count }: Machine): Need {
  const base = { id: 'processors', title: 'Processors', why: 'Learners share them: one pull takes a whole one.' };
  if (count >= 2) return ok(base, String(count));
  return warn(base, String(count), 'Use a machine with two or more; with one, everything takes twice as long.');
}

function memory({ read }: Machine, { maxSandboxes }: Config): Need {
  const base = {
    id: 'memory',
    title: 'Free memory',
    why: `A sandbox takes about ${SANDBOX_MEMORY / MIB} MiB with a registry in it; at most ${maxSandboxes} may exist.`,
  };
  const available = availableBytes(read('/proc/meminfo') ?? '');
  if (Number.isNaN(available)) return warn(base, 'unknown', 'Look at it yourself: free -m');
  const found = `${Math.round(available / MIB)} MiB`;
  if (available < MIN_MEMORY_BYTES) return fail(base, found, 'Close other programs, or use a machine with more.');
  const room = Math.floor((available - MIN_MEMORY_BYTES) / SANDBOX_MEMORY);
  if (room >= maxSandboxes) return ok(base, found);
  return warn(
    base,
    `${found}, enough for about ${room} sandboxes`,
    `Close other programs, or start with --max-sandboxes ${Math.max(1, room)}.`,
  );
}

function descriptors({ read }: Machine): Need {
  const base = {
    id: 'descriptors',
    title: 'Open files',
    why: 'Each learner takes about ten descriptors of the server.',
  };
  const limit = /^Max open files\s+(\d+|unlimited)/m.exec(read('/proc/self/limits') ?? '')?.[1];
  if (!limit) return warn(base, 'unknown', 'Look at it yourself: ulimit -n');
  if (limit === 'unlimited' || Number(limit) >= GOOD_DESCRIPTORS) return ok(base, limit);
  return warn(base, `${limit} at most`, `ulimit -n ${GOOD_DESCRIPTORS * 4}, before the start`);
}

/** The nearest folder above that exists. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

function dataFolder({ dataDir }: Config): Need {
  const base = { id: 'data-folder', title: 'Data folder', why: 'Progress, keys and sockets are kept in it.' };
  try {
    accessSync(existing(dataDir), constants.W_OK);
    return ok(base, dataDir);
  } catch (error) {
    return fail(base, `${dataDir} (${systemCode(error) ?? messageOf(error)})`, 'Name another one with --data-dir.');
  }
}

function disk({ dataDir, minFreeDiskMb }: Config): Need {
  const base = {
    id: 'disk',
    title: 'Free disk',
    why: 'Images, and whatever learners pull and build, are kept on it.',
  };
  const { bavail, bsize, files, ffree } = statfsSync(existing(dataDir));
  const free = bavail * bsize;
  const found = `${(free / GIB).toFixed(1)} GiB at ${existing(dataDir)}`;
  const fix = 'Free some (docker system df shows what the engine holds), or name another folder with --data-dir.';
  if (free < minFreeDiskMb * MIB) return fail(base, found, fix);
  if (files > 0 && ffree < 100_000) return warn(base, `${found}, and only ${ffree} inodes`, fix);
  return free < GOOD_DISK ? warn(base, found, fix) : ok(base, found);
}

async function port({ host, port: number, dataDir }: Config): Promise<Need> {
  const base = { id: 'port', title: 'Port', why: 'The page is served there.' };
  const running = runningServer(dataDir);
  if (running !== null) return ok(base, `${number}; Slipway runs already (process ${running})`);
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCode(error) ?? 'error'));
    server.listen(number, host, () => server.close(() => resolve(null)));
  });
  if (code === null) return ok(base, `${number} is free`);
  if (code === 'EADDRINUSE') {
    const next = number < 65_535 ? number + 1 : number - 1;
    return fail(base, `${number} is in use`, `Stop what uses it (ss -ltnp shows it), or use --port ${next}.`);
  }
  return fail(base, `${host}:${number} (${code})`, 'Check --host and --port.');
}
