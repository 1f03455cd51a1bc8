// The terminals of sandboxes: which are open, and how far each was read for commands.

import type { DatabaseSync } from 'node:sqlite';

export interface TerminalRow {
  number: number;
  /** Whose byte numbers these are; null where nothing was read. */
  terminal: string | null;
  byte: number;
}

export class TerminalStore {
  readonly #db: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  /** The first one is always there. */
  of(sandbox: string): TerminalRow[] {
    return this.#db
      .prepare(
        `SELECT 0 AS number, terminal, terminal_byte AS byte FROM sandboxes WHERE id = ?1
         UNION ALL SELECT * FROM (SELECT number, terminal, terminal_byte FROM terminals WHERE sandbox = ?1 ORDER BY rowid)`,
      )
      .all(sandbox) as unknown as TerminalRow[];
  }

  add(sandbox: string, number: number): void {
    this.#db.prepare('INSERT INTO terminals (sandbox, number) VALUES (?, ?)').run(sandbox, number);
  }

  remove(sandbox: string, number: number): void {
    this.#db.prepare('DELETE FROM terminals WHERE sandbox = ? AND number = ?').run(sandbox, number);
  }

  setRead(sandbox: string, { number, terminal, byte }: TerminalRow): void {
    const sql =
      number === 0
        ? 'UPDATE sandboxes SET terminal = ?, terminal_byte = ? WHERE id = ?'
        : 'UPDATE terminals SET terminal = ?, terminal_byte = ? WHERE sandbox = ? AND number = ?';
    this.#db.prepare(sql).run(terminal, byte, sandbox, ...(number === 0 ? [] : [number]));
  }
}
