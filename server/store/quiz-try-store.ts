// Each answer that a learner gave to a quiz, right or wrong.

import type { DatabaseSync } from 'node:sqlite';

export interface QuizTryRow {
  lesson: string;
  step: string;
  quiz: number;
  answer: unknown;
  right: boolean;
  atMs: number;
}

/** Of one session; who guesses by a program loses the oldest. */
const MAX_TRIES = 1000;

export class QuizTryStore {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  add(session: string, { lesson, step, quiz, answer, right, atMs }: QuizTryRow): void {
    this.#db
      .prepare(
        'INSERT INTO quiz_tries (session, lesson, step, quiz, answer, is_right, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(session, lesson, step, quiz, JSON.stringify(answer), right ? 1 : 0, atMs);
    this.#db
      .prepare(
        `DELETE FROM quiz_tries WHERE session = ?1 AND seq <= (
           SELECT seq FROM quiz_tries WHERE session = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)`,
      )
      .run(session, MAX_TRIES);
  }

  /** Oldest first. */
  of(session: string): QuizTryRow[] {
    const rows = this.#db
      .prepare(
        'SELECT lesson, step, quiz, answer, is_right, at_ms AS atMs FROM quiz_tries WHERE session = ? ORDER BY seq',
      )
      .all(session);
    return rows.map(({ answer, is_right, ...row }) => ({
      ...row,
      answer: JSON.parse(String(answer)),
      right: is_right === 1,
    })) as QuizTryRow[];
  }

  clearLesson(session: string, lesson: string): void {
    this.#db.prepare('DELETE FROM quiz_tries WHERE session = ? AND lesson = ?').run(session, lesson);
  }
}
