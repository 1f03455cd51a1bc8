// Completions that a webhook is to tell, as rows: kept until they are told, and then so that none is told twice.

import type { DatabaseSync } from 'node:sqlite';

export interface CompletionRow {
  id: string;
  person: string;
  class: number;
  /** A slug; empty for all of the class. */
  lesson: string;
  /** As it is sent. */
  body: string;
  madeMs: number;
}

export interface WaitingRow {
  id: string;
  body: string;
  madeMs: number;
  tries: number;
}

export interface CompletionCount {
  delivered: number;
  waiting: number;
  failed: number;
  trouble: string | null;
}

export class CompletionStore {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  /** Answers whether it is the first of its kind. */
  add({ id, person, class: ofClass, lesson, body, madeMs }: CompletionRow): boolean {
    const { changes } = this.#db
      .prepare(
        `INSERT OR IGNORE INTO completions (id, person, class, lesson, body, made_ms, due_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, person, ofClass, lesson, body, madeMs, madeMs);
    return changes === 1;
  }
  has(person: string, ofClass: number, lesson: string): boolean {
    const sql = 'SELECT 1 FROM completions WHERE person = ? AND class = ? AND lesson = ?';
    return this.#db.prepare(sql).get(person, ofClass, lesson) !== undefined;
  }

  /** Those whose time has come, the longest due first. */
  due(nowMs: number, most: number): WaitingRow[] {
    return this.#db
      .prepare(
        `SELECT id, body, made_ms AS madeMs, tries FROM completions
         WHERE state = 'waiting' AND due_ms <= ? ORDER BY due_ms, rowid LIMIT ?`,
      )
      .all(nowMs, most) as unknown as WaitingRow[];
  }
  /** When the next one's time comes; null where none waits. */
  nextDueMs(): number | null {
    const row = this.#db.prepare(`SELECT min(due_ms) AS due FROM completions WHERE state = 'waiting'`).get();
    return (row?.due ?? null) as number | null;
  }
  delivered(id: string): void {
    this.#db.prepare(`UPDATE completions SET state = 'delivered', trouble = NULL WHERE id = ?`).run(id);
  }
  /** `dueMs`: when it is tried again; null where it is given up. */
  failed(id: string, trouble: string, dueMs: number | null, nowMs: number): void {
    this.#db
      .prepare(
        `UPDATE completions SET state = ?, tries = tries + 1, trouble = ?, tried_ms = ?, due_ms = coalesce(?, due_ms)
         WHERE id = ?`,
      )
      .run(dueMs === null ? 'failed' : 'waiting', trouble, nowMs, dueMs, id);
  }
  /** Those of a class that were given up or wait are due now, as if they were new. */
  again(ofClass: number, nowMs: number): void {
    this.#db
      .prepare(
        `UPDATE completions SET state = 'waiting', tries = 0, made_ms = ?1, due_ms = ?1
         WHERE class = ?2 AND state <> 'delivered'`,
      )
      .run(nowMs, ofClass);
  }

  /** Of a class, or of all. */
  count(ofClass: number | null): CompletionCount {
    const row = this.#db
      .prepare(
        `SELECT count(*) FILTER (WHERE state = 'delivered') AS delivered, count(*) FILTER (WHERE state = 'waiting') AS waiting,
           count(*) FILTER (WHERE state = 'failed') AS failed
         FROM completions WHERE ?1 IS NULL OR class = ?1`,
      )
      .get(ofClass) as unknown as Omit<CompletionCount, 'trouble'>;
    const newest = this.#db
      .prepare(
        `SELECT trouble FROM completions WHERE trouble IS NOT NULL AND (?1 IS NULL OR class = ?1)
         ORDER BY tried_ms DESC LIMIT 1`,
      )
      .get(ofClass);
    return { ...row, trouble: (newest?.trouble ?? null) as string | null };
  }
}
