// What verdicts rested on, bounded for each session, and the reports of checks that learners call wrong.

import type { DatabaseSync } from 'node:sqlite';
import { Watched } from '../watched.ts';

/** Evidence is kept as JSON that only its writer reads. */
export interface ReportRow {
  id: number;
  session: string;
  lesson: string;
  step: string;
  atMs: number;
  note: string;
  evidence: unknown;
}

/** Passes are kept beyond this: there is one a step. */
const MAX_EVALUATIONS = 500;
const MAX_REPORTS = 50;

/** Tells of new reports. */
export class EvidenceStore extends Watched {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    super();
    this.#db = database;
  }

  add(session: string, lesson: string, step: string, verdict: 'pass' | 'fail' | 'error', evidence: unknown): void {
    this.#db
      .prepare('INSERT INTO evaluations (session, lesson, step, verdict, evidence) VALUES (?, ?, ?, ?, ?)')
      .run(session, lesson, step, verdict, JSON.stringify(evidence));
    this.#db
      .prepare(
        `DELETE FROM evaluations WHERE session = ?1 AND verdict <> 'pass' AND seq <= (
           SELECT seq FROM evaluations WHERE session = ?1 AND verdict <> 'pass' ORDER BY seq DESC LIMIT 1 OFFSET ?2)`,
      )
      .run(session, MAX_EVALUATIONS);
  }

  /** The newest of a step, or null. */
  newest(session: string, lesson: string, step: string): unknown {
    const row = this.#db
      .prepare(
        'SELECT evidence FROM evaluations WHERE session = ? AND lesson = ? AND step = ? ORDER BY seq DESC LIMIT 1',
      )
      .get(session, lesson, step);
    return row ? JSON.parse(String(row.evidence)) : null;
  }

  /** Each step's newest pass. */
  passes(session: string, lesson: string): { step: string; evidence: unknown }[] {
    const rows = this.#db
      .prepare(
        `SELECT step, evidence FROM evaluations WHERE seq IN (
           SELECT max(seq) FROM evaluations WHERE session = ? AND lesson = ? AND verdict = 'pass' GROUP BY step)`,
      )
      .all(session, lesson);
    return rows.map(({ step, evidence }) => ({ step: String(step), evidence: JSON.parse(String(evidence)) }));
  }

  /** Of a session, the newest first. */
  attempts(session: string, most: number): { id: number; lesson: string; step: string; evidence: unknown }[] {
    const rows = this.#db
      .prepare('SELECT seq, lesson, step, evidence FROM evaluations WHERE session = ? ORDER BY seq DESC LIMIT ?')
      .all(session, most);
    return rows.map(({ seq, lesson, step, evidence }) => ({
      id: Number(seq),
      lesson: String(lesson),
      step: String(step),
      evidence: JSON.parse(String(evidence)),
    }));
  }

  /** One of them, or null. */
  attempt(session: string, id: number): unknown {
    const sql = 'SELECT evidence FROM evaluations WHERE session = ? AND seq = ?';
    const row = Number.isSafeInteger(id) ? this.#db.prepare(sql).get(session, id) : undefined;
    return row ? JSON.parse(String(row.evidence)) : null;
  }

  clearLesson(session: string, lesson: string): void {
    this.#db.prepare('DELETE FROM evaluations WHERE session = ? AND lesson = ?').run(session, lesson);
  }

  /** False where this session has reported as often as it may. */
  addReport(report: Omit<ReportRow, 'id'>): boolean {
    const { count } = this.#db
      .prepare('SELECT count(*) AS count FROM reports WHERE session = ?')
      .get(report.session) as { count: number };
    if (count >= MAX_REPORTS) return false;
    this.#db
      .prepare('INSERT INTO reports (session, lesson, step, at_ms, note, evidence) VALUES (?, ?, ?, ?, ?, ?)')
      .run(report.session, report.lesson, report.step, report.atMs, report.note, JSON.stringify(report.evidence));
    this.changed();
    return true;
  }

  /** Of a class's learners, the newest first. */
  reportsOf(ofClass: number, most: number): (ReportRow & { person: string })[] {
    const rows = this.#db
      .prepare(
        `SELECT reports.id, reports.session, people.id AS person, lesson, step, at_ms AS atMs, note, evidence
         FROM reports JOIN people ON people.session = reports.session WHERE people.class = ?
         ORDER BY reports.id DESC LIMIT ?`,
      )
      .all(ofClass, most);
    return rows.map((row) => ({ ...row, evidence: JSON.parse(String(row.evidence)) })) as never;
  }

  removeReports(session: string): void {
    this.#db.prepare('DELETE FROM reports WHERE session = ?').run(session);
  }

  /** Oldest first. */
  reports(): ReportRow[] {
    const rows = this.#db
      .prepare('SELECT id, session, lesson, step, at_ms AS atMs, note, evidence FROM reports ORDER BY id')
      .all();
    return rows.map((row) => ({ ...row, evidence: JSON.parse(String(row.evidence)) })) as unknown as ReportRow[];
  }
}
