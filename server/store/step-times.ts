// When each step was begun, how long it took, and how many tries at it failed, as rows.

import type { DatabaseSync } from 'node:sqlite';

export interface StepTimeRow {
  lesson: string;
  step: string;
  begunMs: number;
  /** Null until the step has a mark. */
  endedMs: number | null;
  tries: number;
}

export class StepTimeStore {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  of(session: string): StepTimeRow[] {
    return this.#db
      .prepare('SELECT lesson, step, begun_ms AS begunMs, ended_ms AS endedMs, tries FROM step_times WHERE session = ?')
      .all(session) as unknown as StepTimeRow[];
  }

  set(session: string, { lesson, step, begunMs, endedMs, tries }: StepTimeRow): void {
    this.#db
      .prepare(
        `INSERT INTO step_times (session, lesson, step, begun_ms, ended_ms, tries) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET begun_ms = excluded.begun_ms, ended_ms = excluded.ended_ms, tries = excluded.tries`,
      )
      .run(session, lesson, step, begunMs, endedMs, tries);
  }

  clearLesson(session: string, lesson: string): void {
    this.#db.prepare('DELETE FROM step_times WHERE session = ? AND lesson = ?').run(session, lesson);
  }
}
