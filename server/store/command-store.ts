// The commands that learners typed, for whoever teaches them: bounded for each session.

import type { DatabaseSync } from 'node:sqlite';
import { type KeptCommand, MOST_COMMANDS } from '../../protocol/work.ts';

export class CommandStore {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  /** The oldest goes where there are more. */
  add(session: string, { line, exitCode, startedMs, endedMs }: KeptCommand): void {
    this.#db
      .prepare('INSERT INTO commands (session, line, exit_code, started_ms, ended_ms) VALUES (?, ?, ?, ?, ?)')
      .run(session, line, exitCode, startedMs, endedMs);
    this.#db
      .prepare(
        `DELETE FROM commands WHERE session = ?1 AND seq <= (
           SELECT seq FROM commands WHERE session = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)`,
      )
      .run(session, MOST_COMMANDS);
  }

  /** The newest first. */
  of(session: string): KeptCommand[] {
    return this.#db
      .prepare(
        `SELECT line, exit_code AS exitCode, started_ms AS startedMs, ended_ms AS endedMs
         FROM commands WHERE session = ? ORDER BY seq DESC`,
      )
      .all(session) as unknown as KeptCommand[];
  }
}
