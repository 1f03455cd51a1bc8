// Certificates, as rows: they go with the person who has them.

import type { DatabaseSync } from 'node:sqlite';

export interface CertificateRow {
  id: string;
  person: string;
  name: string;
  /** Titles of the lessons that were done. */
  lessons: string[];
  madeMs: number;
}

const COLUMNS = 'id, person, name, lessons, made_ms AS madeMs';

export class CertificateStore {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  get(id: string): CertificateRow | null {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM certificates WHERE id = ?`).get(id);
    return row ? read(row) : null;
  }
  /** Oldest first. */
  of(person: string): CertificateRow[] {
    return this.#db
      .prepare(`SELECT ${COLUMNS} FROM certificates WHERE person = ? ORDER BY rowid`)
      .all(person)
      .map(read);
  }
  add({ id, person, name, lessons, madeMs }: CertificateRow): void {
    this.#db
      .prepare('INSERT INTO certificates (id, person, name, lessons, made_ms) VALUES (?, ?, ?, ?, ?)')
      .run(id, person, name, JSON.stringify(lessons), madeMs);
  }
}

function read(row: Record<string, unknown>): CertificateRow {
  return { ...row, lessons: JSON.parse(String(row.lessons)) } as CertificateRow;
}
