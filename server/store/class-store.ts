// Classes, as rows.

import type { DatabaseSync } from 'node:sqlite';
import { Watched } from '../watched.ts';

export type ClassState = 'draft' | 'open' | 'closed' | 'archived';

export interface ClassRow {
  id: number;
  name: string;
  state: ClassState;
  code: string;
  /** Slugs, in the order in which they are taught. */
  lessons: string[];
  pace: 'free' | 'teacher';
  /** Slugs of those that the teacher has opened. */
  opened: string[];
  /** The name of whoever paused it; null while it goes on. */
  pausedBy: string | null;
  createdMs: number;
}

const COLUMNS = 'id, name, state, code, lessons, pace, opened, paused_by AS pausedBy, created_ms AS createdMs';

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
  /** At a free pace. */
  add({ name, state, code, lessons, createdMs }: Omit<ClassRow, 'id' | 'pace' | 'opened' | 'pausedBy'>): ClassRow {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO classes (name, state, code, lessons, created_ms) VALUES (?, ?, ?, ?, ?)')
      .run(name, state, code, JSON.stringify(lessons), createdMs);
    const fresh = { pace: 'free' as const, opened: [], pausedBy: null };
    return { id: Number(lastInsertRowid), name, state, code, lessons, ...fresh, createdMs };
  }
  update(id: number, { name, state, code, lessons, pace, opened, pausedBy }: Partial<ClassRow>): void {
    const lists = { lessons: lessons && JSON.stringify(lessons), opened: opened && JSON.stringify(opened) };
    const given = { name, state, code, pace, paused_by: pausedBy, ...lists };
    for (const [column, value] of Object.entries(given))
      if (value !== undefined) this.#db.prepare(`UPDATE classes SET ${column} = ? WHERE id = ?`).run(value, id);
    this.changed();
  }

  /** Of its newest one, as it was kept; null where there was none. */
  rehearsal(id: number): unknown {
    const row = this.#db.prepare('SELECT rehearsal FROM classes WHERE id = ?').get(id);
    return typeof row?.rehearsal === 'string' ? JSON.parse(row.rehearsal) : null;
  }
  setRehearsal(id: number, rehearsal: object): void {
    this.#db.prepare('UPDATE classes SET rehearsal = ? WHERE id = ?').run(JSON.stringify(rehearsal), id);
  }

  #find(sql: string, value: string | number): ClassRow | null {
    const row = this.#db.prepare(sql).get(value);
    return row === undefined ? null : read(row);
  }
}

function read(row: Record<string, unknown>): ClassRow {
  return { ...row, lessons: JSON.parse(String(row.lessons)), opened: JSON.parse(String(row.opened)) } as ClassRow;
}
