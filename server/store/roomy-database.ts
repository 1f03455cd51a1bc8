// A database that goes on for a good while on a full disk: room was set aside for it, which it gets when there is no other.

import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What it writes beside itself stays below 4 MiB, and is used again and again. */
const RESERVE_BYTES = 8 * 2 ** 20;
/** Set aside anew when so much is free again. */
const FREE_BYTES = 4 * RESERVE_BYTES;
const LOOK_AGAIN_MS = 60_000;
const SQLITE_FULL = 13;

export class RoomyDatabase extends DatabaseSync {
  /** Null where it is in memory. */
  readonly #reserve: string | null;
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string) {
    super(file);
    this.#reserve = this.location() === null ? null : `${file}.reserve`;
    this.#setAside();
  }

  override prepare(...args: Parameters<DatabaseSync['prepare']>): StatementSync {
    const statement = super.prepare(...args);
    const run = statement.run.bind(statement) as (...values: unknown[]) => ReturnType<StatementSync['run']>;
    statement.run = (...values: unknown[]) => this.#withRoom(() => run(...values));
    return statement;
  }

  override close(): void {
    clearInterval(this.#timer);
    super.close();
  }

  #withRoom<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      const reserve = this.#reserve;
      const isFull = (error as { errcode?: number }).errcode === SQLITE_FULL;
      if (!isFull || reserve === null || !existsSync(reserve)) throw error;
      rmSync(reserve);
      this.#timer = setInterval(() => this.#setAside(), LOOK_AGAIN_MS).unref();
      return write();
    }
  }

  #setAside(): void {
    const reserve = this.#reserve;
    if (reserve === null) return;
    try {
      const { bavail, bsize } = statfsSync(dirname(reserve));
      if (existsSync(reserve) || bavail * bsize < FREE_BYTES) return;
      writeFileSync(reserve, Buffer.alloc(RESERVE_BYTES), { mode: 0o600 });
      clearInterval(this.#timer);
    } catch {
      rmSync(reserve, { force: true });
    }
  }
}
