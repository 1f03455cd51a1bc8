// Wires what every command that needs sandboxes has in common: engine, images, hub, store and pool.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Config } from './config.ts';
import { connectEngine } from './engine/connect.ts';
import type { HostEngine } from './engine/host-images.ts';
import { type Hub, startHub } from './hub/hub.ts';
import { PracticeHub } from './hub/practice-hub.ts';
import { type Images, type ImageMode, ensureImages } from './images/ensure-images.ts';
import { probeDockerHub } from './images/docker-hub-probe.ts';
import type { Progress } from './progress.ts';
import { SandboxPool } from './sandboxes/pool.ts';
import { openDatabase } from './store/database.ts';
import { Store } from './store/store.ts';

const SECCOMP_PROFILE = fileURLToPath(new URL('../sandbox/seccomp.json', import.meta.url));

export interface Parts {
  engine: HostEngine;
  images: Images;
  hub: Hub;
  store: Store;
  pool: SandboxPool;
  log: pino.Logger;
  instance: string;
  /** Closes the doors to the hub and the store; containers stay as they are. */
  close(): Promise<void>;
}

/** Does all set-up, each stage with a line of progress. Throws SlipwayError; nothing half made is left. */
export async function startUp(config: Config, progress: Progress): Promise<Parts> {
  const log = pino({ level: config.logLevel, base: undefined }, pino.destination(2));
  const engine = await connectEngine(config, progress);
  makeDataDir(config.dataDir);
  const instance = instanceOf(config.dataDir);
  const mode = await imageMode(config);
  const images = await ensureImages({ engine, mode, progress: progress.line });
  const hub = await startHub({
    engine,
    images,
    dataDir: config.dataDir,
    instance,
    mode,
    upstream: config.hubUpstream,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    progress: progress.line,
  });
  const practiceHub = await PracticeHub.open(config.dataDir, hub.socketPath);
  const store = new Store(openDatabase(join(config.dataDir, 'slipway.db')));
  const pool = new SandboxPool({
    engine,
    store,
    instance,
    image: images.learner,
    seccompProfile: readFileSync(SECCOMP_PROFILE, 'utf8'),
    sandboxesDir: join(config.dataDir, 's'),
    uidBase: config.uidBase,
    memoryMb: config.sandboxMemoryMb,
    cpus: config.sandboxCpus,
    pids: config.sandboxPids,
    warm: config.warmSandboxes,
    max: config.maxSandboxes,
    openHub: (sandbox) => practiceHub.listen(sandbox.hubDir),
    log,
  });
  return {
    engine,
    images,
    hub,
    store,
    pool,
    log,
    instance,
    async close() {
      await practiceHub.close();
      store.close();
    },
  };
}

/** Tells this server's things from those of another on the same engine. */
export function instanceOf(dataDir: string): string {
  return createHash('sha256').update(dataDir).digest('hex').slice(0, 8);
}

function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o750 });
}

async function imageMode(config: Config): Promise<ImageMode> {
  if (config.mode !== 'auto') return config.mode;
  return (await probeDockerHub(3000)) ? 'online' : 'offline';
}
