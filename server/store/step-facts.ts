// What the store keeps of a learner's steps besides their marks: checks passed, quizzes, hints, shown solutions.

import type { DatabaseSync } from 'node:sqlite';

export interface StepFacts {
  checked: { lesson: string; step: string }[];
  shown: { lesson: string; step: string }[];
  /** Answered right. */
  quizzes: { lesson: string; step: string; quiz: number }[];
  /** In the order in which they were taken. */
  hints: { lesson: string; step: string; hint: number }[];
}

export class StepFactStore {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  of(session: string): StepFacts {
    const all = (sql: string) => this.#db.prepare(sql).all(session) as never;
    return {
      checked: all('SELECT lesson, step FROM checked_steps WHERE session = ?'),
      shown: all('SELECT lesson, step FROM shown_steps WHERE session = ?'),
      quizzes: all('SELECT lesson, step, quiz FROM quiz_answers WHERE session = ?'),
      hints: all('SELECT lesson, step, hint FROM hints WHERE session = ? ORDER BY seq'),
    };
  }

  addChecked(session: string, lesson: string, step: string): void {
    this.#db
      .prepare('INSERT OR IGNORE INTO checked_steps (session, lesson, step, at_ms) VALUES (?, ?, ?, ?)')
      .run(session, lesson, step, Date.now());
  }
  addShown(session: string, lesson: string, step: string): void {
    this.#db
      .prepare('INSERT OR IGNORE INTO shown_steps (session, lesson, step, at_ms) VALUES (?, ?, ?, ?)')
      .run(session, lesson, step, Date.now());
  }
  addQuiz(session: string, lesson: string, step: string, quiz: number): void {
    this.#db
      .prepare('INSERT OR IGNORE INTO quiz_answers (session, lesson, step, quiz, at_ms) VALUES (?, ?, ?, ?, ?)')
      .run(session, lesson, step, quiz, Date.now());
  }
  addHint(session: string, lesson: string, step: string, hint: number): void {
    this.#db
      .prepare('INSERT OR IGNORE INTO hints (session, lesson, step, hint, at_ms) VALUES (?, ?, ?, ?, ?)')
      .run(session, lesson, step, hint, Date.now());
  }

  clearLesson(session: string, lesson: string): void {
    for (const table of ['checked_steps', 'shown_steps', 'quiz_answers', 'hints'])
      this.#db.prepare(`DELETE FROM ${table} WHERE session = ? AND lesson = ?`).run(session, lesson);
  }
}
