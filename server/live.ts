// How a running server stands: what `npm run status` asks it for, and `/metrics` shows.

import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { webhookSchema } from '../protocol/webhook.ts';
import type { EngineState } from './engine/timed-engine.ts';
import type { Hub } from './hub/hub.ts';
import type { PracticeHub } from './hub/practice-hub.ts';
import { addedBytes, familiarName } from './images/added-index.ts';
import { readHostLoad } from './sandboxes/host-load.ts';
import type { SandboxPool } from './sandboxes/pool.ts';

const count = z.int().nonnegative();
const bytes = z.number().nonnegative();
const atMs = z.number();

export const liveSchema = z.object({
  startedMs: atMs,
  engine: z.enum(['up', 'away', 'hangs']),
  sandboxes: z.object({ claimed: count, warm: count, making: count, waiting: count, max: count, healthy: z.boolean() }),
  /** Sockets of pages. */
  sockets: count,
  memory: z.object({ serverBytes: bytes, availableBytes: bytes.nullable() }),
  disk: z.object({ freeBytes: bytes, leastFreeBytes: bytes }),
  lessons: z.object({
    course: count,
    own: count,
    /** Of the own ones, and why. */
    leftOut: z.array(z.object({ file: z.string(), line: count, message: z.string() })),
  }),
  /** Null where none is set. */
  webhook: webhookSchema.nullable(),
  hub: z.object({
    mode: z.enum(['offline', 'online']),
    ready: z.boolean(),
    /** What learners may pull, without what was added. */
    images: z.array(z.string()),
    added: z.object({ names: z.array(z.string()), bytes }),
    /** Of the cache; null offline, where nothing grows. */
    storedBytes: bytes.nullable(),
    capBytes: bytes,
    /** Image → outcome → requests, since the start. */
    requests: z.record(
      z.string(),
      z.partialRecord(z.enum(['hit', 'miss', 'full', 'limited', 'unknown', 'down']), count),
    ),
    servedBytes: bytes,
    fetchedBytes: bytes,
    rateLimit: z.object({ limit: count, remaining: count, windowS: count.nullable(), atMs }).nullable(),
    /** Since when Docker Hub refuses; null where it does not. */
    limitedSinceMs: atMs.nullable(),
  }),
});
export type Live = z.infer<typeof liveSchema>;

export interface LiveParts {
  startedMs: number;
  engine: { readonly state: EngineState };
  pool: SandboxPool;
  hub: Hub;
  practiceHub: PracticeHub;
  sockets: () => number;
  dataDir: string;
  maxSandboxes: number;
  capBytes: number;
  leastFreeBytes: number;
  lessons: Live['lessons'];
  webhook: () => Live['webhook'];
}

/** Asks nothing that takes long. Never throws for a hub that is away. */
export async function liveOf(parts: LiveParts): Promise<Live> {
  const { pool, hub, practiceHub } = parts;
  const { bavail, bsize } = await statfs(parts.dataDir);
  const added = await hub.added.list();
  return {
    startedMs: parts.startedMs,
    engine: parts.engine.state,
    sandboxes: { ...pool.counts, max: parts.maxSandboxes, healthy: pool.healthy },
    sockets: parts.sockets(),
    memory: { serverBytes: process.memoryUsage.rss(), availableBytes: readHostLoad().availableBytes },
    disk: { freeBytes: bavail * bsize, leastFreeBytes: parts.leastFreeBytes },
    lessons: parts.lessons,
    webhook: parts.webhook(),
    hub: {
      mode: hub.mode,
      ready: await hub.ready(),
      images: [...(await practiceHub.names()).known],
      added: { names: added.map(familiarName), bytes: addedBytes(added) },
      storedBytes: await practiceHub.storedBytes().catch(() => null),
      capBytes: parts.capBytes,
      ...hub.figures.counts(),
    },
  };
}
