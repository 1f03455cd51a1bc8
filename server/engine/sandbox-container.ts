// One sandbox as a container on the host engine: how it is made, found again and removed.

import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { z } from 'zod';
import { SlipwayError } from '../errors.ts';
import { type DiskImage, DiskImages, volumeOptions } from './disk-image.ts';
import { statusOf } from './host-images.ts';
import { labelFilters, labels, type Owner } from './labels.ts';
import type { Transport } from './sandbox-link.ts';

export interface SandboxSpec {
  id: string;
  owner: Owner;
  image: string;
  /** First host user id of the sandbox's own range; `slot` makes it unique on this engine. */
  uidBase: number;
  slot: number;
  nonce: string;
  /** `exec`: with the certificate that a folder would else hold. */
  ways: { transport: 'sockets'; relayDir: string; hubDir: string } | { transport: 'exec'; hubCa: string };
  seccompProfile: string;
  memoryMb: number;
  /** Null where the engine takes no such limit. */
  cpus: number | null;
  pids: number;
  /** A disk of this size, held by the kernel; null for a plain folder of the engine's. */
  disk: { file: string; sizeMb: number } | null;
}

export interface FoundSandbox {
  id: string;
  slot: number;
  /** As it was made with, by whatever server; null where it does not say. */
  uidBase: number | null;
  containerId: string;
  running: boolean;
  transport: Transport;
}

/** The name holds the slot, so that the engine itself refuses two sandboxes with the same user ids. */
export const nameOf = (slot: number) => `slipway-sandbox-${slot}`;
export const volumeOf = (id: string) => `slipway-data-${id}`;
/** The user id that relays and carrier run under, and with exec the group of the relays' sockets: nobody else's in the sandbox. */
export const relayId = (uidBase: number) => uidBase + 65_537;
/** Of one process; those of the whole host are limited, too. */
const MAX_FILES = 4096;
/** Its engine starts in two thirds of the time, and then has what the settings say. */
const STARTING_CPUS = 2;
/** Not `NanoCpus`: the engine refuses more of those than its computer has. */
const CPU_PERIOD_US = 100_000;
const quotaOf = (cpus: number) => Math.round(cpus * CPU_PERIOD_US);
const images = new DiskImages();
const GONE_MS = 20_000;
const GONE_AGAIN_MS = 100;

const id = z.string().regex(/^[0-9a-f]{8}$/);
const ownVolumeLabels = z.object({ 'slipway.sandbox': id });
const ownLabels = ownVolumeLabels.extend({
  'slipway.slot': z.coerce.number().int().nonnegative(),
  'slipway.uid-base': z.coerce.number().int().nonnegative().nullable().default(null),
  'slipway.transport': z.enum(['sockets', 'exec']).default('sockets'),
});

/** Makes and starts it, with more of the processors than it may keep; then see `settleSandbox`. Answers null where another sandbox has the slot. */
export async function createSandbox(docker: Docker, spec: SandboxSpec): Promise<{ containerId: string } | null> {
  const own = labels('sandbox', spec.owner, {
    'slipway.sandbox': spec.id,
    'slipway.slot': String(spec.slot),
    'slipway.uid-base': String(spec.uidBase),
    'slipway.transport': spec.ways.transport,
  });
  const ways = waysOf(spec);
  const disk = spec.disk && { ...spec.disk, owner: spec.uidBase };
  const held = disk && { Driver: 'local', DriverOpts: volumeOptions(disk) };
  // Beside what the engine does meanwhile: it mounts the disk only at the start.
  const attached = disk && attachNew(disk);
  attached?.catch(() => {});
  try {
    await docker.createVolume({ Name: volumeOf(spec.id), Labels: own, ...held });
    const container = await docker.createContainer({
      name: nameOf(spec.slot),
      Image: spec.image,
      Hostname: 'slipway',
      // Not `NetworkMode: 'none'` alone, for which the engine starts a program of its own first: 0.3 s of a processor.
      // The namespace is as empty, and the engine brings no /etc/hosts and no /etc/resolv.conf.
      NetworkDisabled: true,
      Labels: own,
      Env: [`SANDBOX_UID_BASE=${spec.uidBase}`, `SANDBOX_NONCE=${spec.nonce}`, ...ways.env],
      HostConfig: {
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        CapAdd: ['SETUID', 'SETGID'],
        SecurityOpt: ['no-new-privileges', `seccomp=${spec.seccompProfile}`],
        // Nested /proc and /sys mounts need the unmasked paths; therefore nothing in here may keep host user id 0.
        MaskedPaths: [],
        ReadonlyPaths: [],
        Memory: spec.memoryMb * 1024 * 1024,
        MemorySwap: spec.memoryMb * 1024 * 1024,
        ...(spec.cpus !== null && { CpuPeriod: CPU_PERIOD_US, CpuQuota: quotaOf(Math.max(spec.cpus, STARTING_CPUS)) }),
        PidsLimit: spec.pids,
        Ulimits: [{ Name: 'nofile', Soft: MAX_FILES, Hard: MAX_FILES }],
        // Where the host runs short, the server and the engine come first.
        CpuShares: 256,
        OomScoreAdj: 500,
        Tmpfs: {
          '/run': 'mode=755,size=1m',
          '/box': 'mode=1777,size=1m',
          '/tmp': 'mode=1777,size=256m,exec',
          ...ways.tmpfs,
        },
        Binds: [...ways.binds, `${volumeOf(spec.id)}:/data${disk ? ':nocopy' : ''}`],
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
        RestartPolicy: { Name: 'no' },
      },
    } as Docker.ContainerCreateOptions);
    await attached;
    await container.start();
    return { containerId: container.id };
  } catch (error) {
    await attached?.catch(() => {});
    if (disk) await images.letGo(disk.file).catch(() => {});
    if (statusOf(error) === 409) {
      await removeSandboxVolume(docker, spec.id);
      return null;
    }
    if (error instanceof SlipwayError) throw error;
    throw new SlipwayError('sandbox-start', `a sandbox could not be started: ${(error as Error).message}`, {
      next: "Look at the engine's log and at free memory and disk.",
      cause: error,
    });
  }
}

/** Once it is ready: its processors are limited, and its disk is left to itself. Throws what the engine says. */
export async function settleSandbox(docker: Docker, { slot, cpus, diskFile }: SettlingSandbox): Promise<void> {
  const limited = cpus === null ? null : docker.getContainer(nameOf(slot)).update({ CpuQuota: quotaOf(cpus) });
  await Promise.all([limited, leaveDisk(diskFile)]);
}
export interface SettlingSandbox {
  slot: number;
  /** Null where the engine takes no such limit. */
  cpus: number | null;
  diskFile: string;
}

/** Once it runs: its disk's device is then free when it ends, whoever ends it. Not in its first moments, which are all work. */
export async function leaveDisk(diskFile: string): Promise<void> {
  await images.letGo(diskFile);
}

/** Resolves when it is gone, or was before. Throws what the engine says, and where it is still there after a while. */
export async function removeSandboxContainer(docker: Docker, instance: string, id: string): Promise<void> {
  const ours = async () => (await findSandboxes(docker, instance)).filter((found) => found.id === id);
  for (const { containerId } of await ours()) {
    // 409: it is being removed already.
    await docker.getContainer(containerId).remove({ force: true, v: true }).catch(unless(404, 409));
  }
  for (const deadline = performance.now() + GONE_MS; (await ours()).length > 0; await delay(GONE_AGAIN_MS)) {
    if (performance.now() > deadline) throw new Error(`the container is still there after ${GONE_MS / 1000} s`);
  }
}

/** Nothing happens where there is none. Throws what the engine says, also where something uses it. */
export async function removeSandboxVolume(docker: Docker, id: string): Promise<void> {
  await docker.getVolume(volumeOf(id)).remove({ force: true }).catch(unless(404));
}

/** The sandboxes on this engine, of one instance or of all. What only looks like one is left out. */
export async function findSandboxes(docker: Docker, instance?: string): Promise<FoundSandbox[]> {
  const found = await docker.listContainers({ all: true, filters: labelFilters({ kind: 'sandbox', instance }) });
  return found.flatMap(({ Id, Labels, Names, State }): FoundSandbox[] => {
    const { data } = ownLabels.safeParse(Labels);
    if (!data || !Names.includes(`/${nameOf(data['slipway.slot'])}`)) return [];
    return [
      {
        id: data['slipway.sandbox'],
        slot: data['slipway.slot'],
        uidBase: data['slipway.uid-base'],
        containerId: Id,
        running: State === 'running',
        transport: data['slipway.transport'],
      },
    ];
  });
}

/** Starts a stopped sandbox again: its volume is as it was, its shell is new. `diskFile`: where it has a disk of its own. */
export async function startSandbox(docker: Docker, containerId: string, diskFile: string | null): Promise<void> {
  if (diskFile) await images.attach(diskFile);
  await docker.getContainer(containerId).start();
}

/** Ids of the sandboxes of which there is a volume. */
export async function findSandboxVolumes(docker: Docker, instance: string): Promise<string[]> {
  const { Volumes } = await docker.listVolumes({ filters: labelFilters({ kind: 'sandbox', instance }) });
  return (Volumes ?? []).flatMap(({ Name, Labels }) => {
    const { data } = ownVolumeLabels.safeParse(Labels);
    return data && Name === volumeOf(data['slipway.sandbox']) ? [data['slipway.sandbox']] : [];
  });
}

/** With exec the folders are the container's own, and open to the carrier alone. */
function waysOf({ ways, uidBase }: SandboxSpec): { env: string[]; tmpfs: Record<string, string>; binds: string[] } {
  if (ways.transport === 'sockets') {
    const binds = [`${ways.relayDir}:/relay`, `${ways.hubDir}:/hub:ro`];
    return { env: [`SANDBOX_SOCKET_GID=${process.getgid?.() ?? 0}`], tmpfs: {}, binds };
  }
  const gid = relayId(uidBase);
  return {
    env: [`SANDBOX_SOCKET_GID=${gid}`, `SANDBOX_HUB_CA=${ways.hubCa}`],
    tmpfs: { '/relay': `mode=750,gid=${gid},size=64k`, '/hub': `mode=775,gid=${gid},size=64k` },
    binds: [],
  };
}

async function attachNew(disk: DiskImage): Promise<void> {
  await images.format(disk);
  await images.attach(disk.file);
}

function unless(...statuses: number[]): (error: unknown) => void {
  return (error) => {
    if (!statuses.includes(statusOf(error) ?? 0)) throw error;
  };
}
