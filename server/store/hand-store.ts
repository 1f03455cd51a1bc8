// Raised hands, as rows: those that nobody has closed yet.

import type { DatabaseSync } from 'node:sqlite';
import { Watched } from '../watched.ts';

export interface HandRow {
  person: string;
  class: number;
  words: string;
  raisedMs: number;
  /** The name of whoever comes; null while nobody does. */
  takenBy: string | null;
  takenMs: number | null;
}

export class HandStore extends Watched {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    super();
    this.#db = database;
  }

  /** Of a class, the one that was raised first at the front. */
  of(ofClass: number): HandRow[] {
    return this.#db
      .prepare(
        `SELECT person, people.class, words, raised_ms AS raisedMs, taken_by AS takenBy, taken_ms AS takenMs
         FROM hands JOIN people ON people.id = hands.person WHERE people.class = ? ORDER BY raised_ms, person`,
      )
      .all(ofClass) as unknown as HandRow[];
  }

  /** Who has one up keeps their place, with other words. */
  raise(person: string, words: string, nowMs: number): void {
    this.#db
      .prepare(
        `INSERT INTO hands (person, words, raised_ms) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET words = excluded.words`,
      )
      .run(person, words, nowMs);
    this.changed();
  }
  take(person: string, by: string, nowMs: number): void {
    this.#db.prepare('UPDATE hands SET taken_by = ?, taken_ms = ? WHERE person = ?').run(by, nowMs, person);
    this.changed();
  }
  remove(person: string): void {
    this.#db.prepare('DELETE FROM hands WHERE person = ?').run(person);
    this.changed();
  }
}
