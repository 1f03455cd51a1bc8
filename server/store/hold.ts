// One server a data folder: the lease is a lock that ends with the process that holds it, however that ends, and that is seen
// from other containers, too.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SlipwayError } from '../errors.ts';

const LEASE = 'lease.db';
const PID = 'server.pid';
/** Whoever only looks at the lease holds it for a moment. */
const LOOKED_AT_MS = 500;
/** A lock ends with the object that has it: nothing here is garbage. */
const held = new Set<DatabaseSync>();

/** Holds the folder until it is disposed of or the process is gone. Throws SlipwayError `data-dir-in-use`. */
export function holdDataDir(dataDir: string): Disposable {
  const lease = new DatabaseSync(join(dataDir, LEASE));
  try {
    lease.exec(`PRAGMA busy_timeout = ${LOOKED_AT_MS}; BEGIN EXCLUSIVE`);
  } catch (cause) {
    lease.close();
    throw new SlipwayError('data-dir-in-use', `Another Slipway (process ${pidIn(dataDir)}) uses ${dataDir}.`, {
      next: 'Stop it, or give this one a folder of its own with --data-dir.',
      cause,
    });
  }
  held.add(lease);
  writeFileSync(join(dataDir, PID), `${process.pid}\n`);
  return {
    [Symbol.dispose]() {
      rmSync(join(dataDir, PID), { force: true });
      // The file stays: whoever waits for a lock on a file that was removed would get one that means nothing.
      if (held.delete(lease)) lease.close();
    },
  };
}

/** Removes a folder that nothing was put into but the lease. */
export function removeUnused(dataDir: string): void {
  if (readdirSync(dataDir).some((name) => name !== LEASE)) return;
  rmSync(dataDir, { recursive: true });
}

/** The process that holds the folder, as it numbers itself, or null. */
export function runningServer(dataDir: string): number | null {
  if (!existsSync(join(dataDir, LEASE))) return null;
  let lease: DatabaseSync | null = null;
  try {
    lease = new DatabaseSync(join(dataDir, LEASE), { readOnly: true });
    lease.exec('SELECT count(*) FROM sqlite_schema');
    return null;
  } catch (error) {
    return isHeld(error) ? pidIn(dataDir) : null;
  } finally {
    lease?.close();
  }
}

function isHeld(error: unknown): boolean {
  // SQLITE_BUSY
  return (error as { errcode?: number }).errcode === 5;
}

function pidIn(dataDir: string): number {
  try {
    return Number(readFileSync(join(dataDir, PID), 'utf8'));
  } catch {
    return 0;
  }
}
