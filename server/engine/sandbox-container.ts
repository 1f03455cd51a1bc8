// One sandbox as a container on the host engine: how it is made, found again and removed.

import type Docker from 'dockerode';
import { SlipwayError } from '../errors.ts';
import { type DiskImage, DiskImages, volumeOptions } from './disk-image.ts';
import { labels } from './labels.ts';

export interface SandboxSpec {
  id: string;
  instance: string;
  image: string;
  /** First host user id of the sandbox's own range; `slot` makes it unique on this engine. */
  uidBase: number;
  slot: number;
  socketGid: number;
  nonce: string;
  relayDir: string;
  hubDir: string;
  seccompProfile: string;
  memoryMb: number;
  cpus: number;
  pids: number;
  /** A disk of this size, held by the kernel; null for a plain folder of the engine's. */
  disk: { file: string; sizeMb: number } | null;
}

export interface FoundSandbox {
  id: string;
  slot: number;
  containerId: string;
  running: boolean;
}

/** The name holds the slot, so that the engine itself refuses two sandboxes with the same user ids. */
export const nameOf = (slot: number) => `slipway-sandbox-${slot}`;
export const volumeOf = (id: string) => `slipway-data-${id}`;
/** Of one process; those of the whole host are limited, too. */
const MAX_FILES = 4096;
const images = new DiskImages();

/** Makes and starts it; then see `leaveDisk`. Answers null where another sandbox has the slot. */
export async function createSandbox(docker: Docker, spec: SandboxSpec): Promise<{ containerId: string } | null> {
  const own = labels('sandbox', spec.instance, { 'slipway.sandbox': spec.id, 'slipway.slot': String(spec.slot) });
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
      Labels: own,
      Env: [`SANDBOX_UID_BASE=${spec.uidBase}`, `SANDBOX_SOCKET_GID=${spec.socketGid}`, `SANDBOX_NONCE=${spec.nonce}`],
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
        NanoCpus: Math.round(spec.cpus * 1e9),
        PidsLimit: spec.pids,
        Ulimits: [{ Name: 'nofile', Soft: MAX_FILES, Hard: MAX_FILES }],
        // Where the host runs short, the server and the engine come first.
        CpuShares: 256,
        OomScoreAdj: 500,
        Tmpfs: {
          '/run': 'mode=755,size=1m',
          '/box': 'mode=1777,size=1m',
          '/tmp': 'mode=1777,size=256m,exec',
        },
        Binds: [
          `${spec.relayDir}:/relay`,
          `${spec.hubDir}:/hub:ro`,
          `${volumeOf(spec.id)}:/data${disk ? ':nocopy' : ''}`,
        ],
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
        RestartPolicy: { Name: 'no' },
      },
    } as Docker.ContainerCreateOptions);
    await attached;
    await container.start();
    return { containerId: container.id };
  } catch (error) {
    await attached?.catch(() => {});
    const taken = (error as { statusCode?: number }).statusCode === 409;
    if (!taken) await removeSandbox(docker, spec);
    else await removeVolume(docker, spec.id);
    if (disk) await images.letGo(disk.file).catch(() => {});
    if (taken) return null;
    throw new SlipwayError('sandbox-start', `a sandbox could not be started: ${(error as Error).message}`, {
      next: "Look at the engine's log and at free memory and disk.",
      cause: error,
    });
  }
}

/** Once it runs: its disk's device is then free when it ends, whoever ends it. Not in its first moments, which are all work. */
export async function leaveDisk(diskFile: string): Promise<void> {
  await images.letGo(diskFile);
}

/** Removes container and volume; nothing happens where they are gone. */
export async function removeSandbox(docker: Docker, sandbox: { id: string; slot: number }): Promise<void> {
  const found = (await findSandboxes(docker)).find((other) => other.id === sandbox.id);
  if (found) await ignoreMissing(docker.getContainer(found.containerId).remove({ force: true, v: true }));
  await removeVolume(docker, sandbox.id);
}

/** The sandboxes on this engine, of one instance or of all. */
export async function findSandboxes(docker: Docker, instance?: string): Promise<FoundSandbox[]> {
  const label = ['slipway.kind=sandbox', ...(instance ? [`slipway.instance=${instance}`] : [])];
  const found = await docker.listContainers({ all: true, filters: JSON.stringify({ label }) });
  return found.map((container) => ({
    id: container.Labels['slipway.sandbox'] ?? '',
    slot: Number(container.Labels['slipway.slot']),
    containerId: container.Id,
    running: container.State === 'running',
  }));
}

/** Starts a stopped sandbox again: its volume is as it was, its shell is new. `diskFile`: where it has a disk of its own. */
export async function startSandbox(docker: Docker, containerId: string, diskFile: string | null): Promise<void> {
  if (diskFile) await images.attach(diskFile);
  await docker.getContainer(containerId).start();
}

/** Volumes that an earlier run made and has no container for. */
export async function removeStrayVolumes(docker: Docker, instance: string): Promise<void> {
  const kept = new Set((await findSandboxes(docker, instance)).map(({ id }) => volumeOf(id)));
  const label = ['slipway.kind=sandbox', `slipway.instance=${instance}`];
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify({ label }) });
  for (const { Name } of Volumes ?? []) if (!kept.has(Name)) await ignoreMissing(docker.getVolume(Name).remove());
}

async function attachNew(disk: DiskImage): Promise<void> {
  await images.format(disk);
  await images.attach(disk.file);
}

async function removeVolume(docker: Docker, id: string): Promise<void> {
  await ignoreMissing(docker.getVolume(volumeOf(id)).remove({ force: true }));
}

async function ignoreMissing(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error) => {
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  });
}
