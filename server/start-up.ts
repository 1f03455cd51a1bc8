// Wires what every command that needs sandboxes has in common: engine, images, hub, store and pool.

import { accessSync, constants, mkdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { type Config, reservedBytes, SANDBOX_BYTES } from './config.ts';
import { type Dial, socketDial } from './dial.ts';
import { socketOf } from './engine/address.ts';
import { connectEngine } from './engine/connect.ts';
import { DiskImages } from './engine/disk-image.ts';
import { type DiskWay, describeDiskWay, findDiskWay } from './engine/disk-way.ts';
import { type Owner, ownerOf } from './engine/labels.ts';
import { describeMeans, type EngineMeans, meansOf, mustHaveUserIds } from './engine/rootless.ts';
import type { TimedEngine } from './engine/timed-engine.ts';
import { describeTransport, findTransport, type TransportWay } from './engine/transport-way.ts';
import { messageOf, SlipwayError } from './errors.ts';
import { type Hub, startHub } from './hub/hub.ts';
import { PracticeHub } from './hub/practice-hub.ts';
import { probeDockerHub } from './images/docker-hub-probe.ts';
import { ensureImages, type ImageMode, type Images } from './images/ensure-images.ts';
import type { Progress } from './progress.ts';
import { Admission } from './sandboxes/admission.ts';
import { Demand } from './sandboxes/demand.ts';
import { HostDisk } from './sandboxes/host-disk.ts';
import { availableBytes } from './sandboxes/host-load.ts';
import { SandboxPool } from './sandboxes/pool.ts';
import { openDatabase } from './store/database.ts';
import { Store } from './store/store.ts';

/** What the server, the hub and a first sandbox take. */
export const MIN_MEMORY_BYTES = 300 * 2 ** 20;
const SECCOMP_PROFILE = fileURLToPath(new URL('../sandbox/seccomp.json', import.meta.url));

export interface Parts {
  engine: TimedEngine;
  images: Images;
  hub: Hub;
  practiceHub: PracticeHub;
  /** Where set-ups read the practice Docker Hub, as learners do. */
  hubStore: Dial;
  store: Store;
  pool: SandboxPool;
  /** What the engine can hold sandboxes to. */
  means: EngineMeans;
  /** How sandboxes are reached. */
  way: TransportWay;
  /** How sandboxes' disks are bounded here. */
  disk: DiskWay;
  log: pino.Logger;
  owner: Owner;
  /** Closes the doors to the hub and the store; containers stay as they are. */
  close(): Promise<void>;
}

type Ground = Pick<Parts, 'engine' | 'images' | 'owner' | 'way' | 'means'> & { mode: ImageMode };

/** Engine, images and a filled hub. Throws SlipwayError; nothing half made is left. */
export async function prepareImages(config: Config, progress: Progress): Promise<Ground & Pick<Parts, 'hub'>> {
  const ground = await prepareGround(config, progress);
  return { ...ground, hub: await hubOf(ground, config, progress) };
}

/** What all else stands on. */
async function prepareGround(config: Config, progress: Progress): Promise<Ground> {
  checkMachine(config);
  const engine = await connectEngine(config, progress);
  const owner = ownerOf(config.dataDir);
  const mode = await imageMode(config);
  const images = await ensureImages({ engine, mode, progress: progress.line });
  const { dataDir, transport: wanted } = config;
  const means = meansOf(await engine.info());
  const probe = { engine, owner, image: images.learner };
  if (means.isRootless) await mustHaveUserIds({ ...probe, uidBase: config.uidBase });
  const way = await findTransport({ ...probe, dataDir, wanted });
  for (const line of [describeMeans(means), describeTransport(way)]) if (line) progress.line(line);
  return { engine, images, owner, mode, way, means };
}

function hubOf(
  { engine, images, owner, mode, way }: Ground,
  config: Config,
  progress: Progress,
  log?: pino.Logger,
): Promise<Hub> {
  return startHub({
    engine,
    transport: way.transport,
    images,
    dataDir: config.dataDir,
    owner,
    mode,
    upstream: config.hubUpstream,
    credentials:
      config.hubUser !== undefined && config.hubPassword !== undefined
        ? { user: config.hubUser, password: config.hubPassword }
        : null,
    allow: config.hubAllow,
    capBytes: config.hubCapMb * 2 ** 20,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    progress: progress.line,
    log,
  });
}

/** Does all set-up, each stage with a line of progress. */
export async function startUp(config: Config, progress: Progress): Promise<Parts> {
  const log = pino({ level: config.logLevel, base: undefined }, pino.destination(2));
  const ground = await prepareGround(config, progress);
  const { engine, images, owner, way, means } = ground;
  const sandboxesDir = join(config.dataDir, 's');
  const { dataDir } = config;
  const apart = isApart(config, way);
  const findingDisk = diskWay({ engine, owner, image: images.learner, dataDir, sandboxesDir, apart });
  // What tries the disk has cleared up after itself before a hub that does not start ends all.
  const hub = await hubOf(ground, config, progress, log).finally(() => findingDisk);
  const [practiceHub, disk, hostDisk] = await Promise.all([
    PracticeHub.open({ dataDir, store: hub.store }),
    findingDisk,
    hostDiskOf(engine, config),
  ]);
  const inside = join(config.dataDir, 'hub', 'inside.sock');
  await practiceHub.listenInside(inside);
  progress.line(describeDiskWay(disk, config.sandboxDiskMb));
  const store = new Store(openDatabase(join(config.dataDir, 'slipway.db')));
  const pool = new SandboxPool({
    engine,
    store,
    owner,
    image: images.learner,
    seccompProfile: readFileSync(SECCOMP_PROFILE, 'utf8'),
    sandboxesDir,
    uidBase: config.uidBase,
    memoryMb: config.sandboxMemoryMb,
    cpus: means.cpus ? config.sandboxCpus : null,
    pids: config.sandboxPids,
    diskMb: config.sandboxDiskMb,
    diskHeld: disk.way === 'kernel',
    admission: new Admission({
      max: config.maxSandboxes,
      memoryMb: config.sandboxMemoryMb,
      reserveBytes: reservedBytes(totalmem()),
      sandboxBytes: SANDBOX_BYTES,
      hostDisk,
    }),
    demand: new Demand({ floor: config.warmSandboxes, ceiling: config.maxWarmSandboxes }),
    transport: way.transport,
    hubCa: practiceHub.ca,
    openHub: ({ id, link, hubRegistryDial }) =>
      practiceHub.listen({ name: id, openDoor: (server) => link.openDoor(server), ownRegistry: hubRegistryDial }),
    log,
  });
  return {
    engine,
    images,
    hub,
    practiceHub,
    hubStore: socketDial(inside),
    store,
    pool,
    means,
    way,
    disk,
    log,
    owner,
    async close() {
      await practiceHub.close();
      store.close();
    },
  };
}

/** Whether server and engine are on two computers; where exec was asked for, the engine's address tells. */
function isApart({ dockerHost, transport }: Config, way: TransportWay): boolean {
  return socketOf(dockerHost) === undefined || (transport === 'auto' && way.transport === 'exec');
}

/** How sandboxes' disks are bounded on this machine; what an earlier run left half attached is let go. */
async function diskWay({ sandboxesDir, ...probe }: DiskWayParts): Promise<DiskWay> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await new DiskImages().letGoBelow(sandboxesDir).catch(() => {});
  return findDiskWay({ ...probe, isRoot });
}
type DiskWayParts = Omit<Parameters<typeof findDiskWay>[0], 'isRoot'> & { sandboxesDir: string };

async function hostDiskOf(engine: TimedEngine, { dataDir, minFreeDiskMb }: Config): Promise<HostDisk> {
  const { DockerRootDir } = (await engine.info()) as { DockerRootDir?: string };
  return new HostDisk([dataDir, ...(DockerRootDir ? [DockerRootDir] : [])], minFreeDiskMb);
}

/** Makes the data folder where there is none, and answers whether it did. Throws SlipwayError where it, free memory or free disk will not do. */
export function checkMachine({ dataDir, minFreeDiskMb }: Pick<Config, 'dataDir' | 'minFreeDiskMb'>): boolean {
  const available = availableBytes(readFileSync('/proc/meminfo', 'utf8'));
  if (available < MIN_MEMORY_BYTES) {
    throw new SlipwayError('no-memory', `There are only ${Math.round(available / 2 ** 20)} MiB of free memory.`, {
      next: 'Close other programs: a first sandbox and its engine need about 300 MiB.',
    });
  }
  let made: string | undefined;
  try {
    // Sandboxes' engines run under ids of their own: they pass through it, and cannot list it.
    made = mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    accessSync(dataDir, constants.W_OK);
  } catch (cause) {
    throw new SlipwayError('data-dir', `The data folder cannot be used: ${messageOf(cause)}.`, {
      next: 'Name another one with --data-dir.',
      cause,
    });
  }
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize >= minFreeDiskMb * 2 ** 20) return made !== undefined;
  if (made) rmSync(made, { recursive: true });
  throw new SlipwayError('no-disk', `There is less than ${minFreeDiskMb} MiB of free disk at ${dataDir}.`, {
    next: 'Free some, name another folder with --data-dir, or be content with less: --min-free-disk-mb.',
  });
}

async function imageMode(config: Config): Promise<ImageMode> {
  if (config.mode !== 'auto') return config.mode;
  return (await probeDockerHub(3000)) ? 'online' : 'offline';
}
