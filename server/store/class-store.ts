// Classes, as rows.

import type { DatabaseSync } from 'node:sqlite';
import { Watched } from './watched.ts';

export type ClassState = 'draft' | 'open' | 'closed' | 'archived';

export interface ClassRow {
  id: number;
  name: string;
  state: ClassState;
  code: string;
  /** Slugs, in the order in which they are taught. */
  lessons: string[];
  createdMs: number;
}

const COLUMNS = 'id, name, state, code, lessons, created_ms AS createdMs';

export class ClassStore extends Watched {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    super();
    this.#db = database;
  }

  /** The newest first. */
  all(): ClassRow[] {
    return this.#db.prepare(`SELECT ${COLUMNS} FROM classes ORDER BY id DESC`).all().map(read);
  }
  get(id: number): ClassRow | null {
    return this.#find(`SELECT ${COLUMNS} FROM classes WHERE id = ?`, id);
  }
  byCode(code: string): ClassRow | null {
    return this.#find(`SELECT ${COLUMNS} FROM classes WHERE code = ?`, code);
  }
  add({ name, state, code, lessons, createdMs }: Omit<ClassRow, 'id'>): ClassRow {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO classes (name, state, code, lessons, created_ms) VALUES (?, ?, ?, ?, ?)')
      .run(name, state, code, JSON.stringify(lessons), createdMs);
    return { id: Number(lastInsertRowid), name, state, code, lessons, createdMs };
  }
  update(id: number, { name, state, code, lessons }: Partial<ClassRow>): void {
    const given = { name, state, code, lessons: lessons && JSON.stringify(lessons) };
    for (const [column, value] of Object.entries(given))
      if (value !== undefined) this.#db.prepare(`UPDATE classes SET ${column} = ? WHERE id = ?`).run(value, id);
    this.changed();
  }

  #find(sql: string, value: string | number): ClassRow | null {
    const row = this.#db.prepare(sql).get(value);
    return row === undefined ? null : read(row);
  }
}

function read(row: Record<string, unknown>): ClassRow {
  return { ...row, lessons: JSON.parse(String(row.lessons)) } as ClassRow;
}
