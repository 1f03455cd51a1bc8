// How far the learners of a class are, as rows: read at once, also of those whose session no server has open.

import type { DatabaseSync } from 'node:sqlite';

export interface ClassProgressRow {
  person: string;
  lesson: string | null;
}

export interface MarksRow {
  person: string;
  lesson: string;
  passed: number;
  skipped: number;
}

export class ClassProgressStore {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  of(id: number): ClassProgressRow[] {
    return this.#db
      .prepare(
        `SELECT people.id AS person, sessions.lesson
         FROM people LEFT JOIN sessions ON sessions.id = people.session WHERE people.class = ?`,
      )
      .all(id) as unknown as ClassProgressRow[];
  }

  marks(id: number): MarksRow[] {
    return this.#db
      .prepare(
        `SELECT people.id AS person, marks.lesson, sum(mark = 'passed') AS passed, sum(mark = 'skipped') AS skipped
         FROM people JOIN marks ON marks.session = people.session WHERE people.class = ? GROUP BY people.id, marks.lesson`,
      )
      .all(id) as unknown as MarksRow[];
  }
}
