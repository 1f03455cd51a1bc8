// What whoever runs Slipway wants to know, read from the store beside a running server.

import type { DatabaseSync } from 'node:sqlite';
import { EvidenceStore, type ReportRow } from './evidence-store.ts';

export interface Overview {
  sessions: {
    id: string;
    createdMs: number;
    /** The open one. */
    lesson: string | null;
    sandbox: string | null;
    lessons: { lesson: string; passed: number; skipped: number }[];
  }[];
  sandboxes: {
    id: string;
    slot: number;
    session: string | null;
    /** Since when it is to be removed; null where it is not. */
    leavingMs: number | null;
    /** Why its removal has not come to its end yet; it is tried again. */
    trouble: string | null;
  }[];
  reports: ReportRow[];
}

export function overviewOf(database: DatabaseSync): Overview {
  const all = <T>(sql: string) => database.prepare(sql).all() as T[];
  const marks = all<{ session: string; lesson: string; passed: number; skipped: number }>(
    `SELECT session, lesson, sum(mark = 'passed') AS passed, sum(mark = 'skipped') AS skipped
     FROM marks GROUP BY session, lesson ORDER BY min(at_ms)`,
  );
  const sessions = all<Omit<Overview['sessions'][number], 'lessons'>>(
    'SELECT id, created_ms AS createdMs, lesson, sandbox FROM sessions ORDER BY created_ms',
  );
  return {
    sessions: sessions.map((row) => ({
      ...row,
      lessons: marks
        .filter(({ session }) => session === row.id)
        .map(({ lesson, passed, skipped }) => ({ lesson, passed, skipped })),
    })),
    sandboxes: all(
      `SELECT sandboxes.id, slot, sessions.id AS session, leaving_ms AS leavingMs, trouble
       FROM sandboxes LEFT JOIN sessions ON sessions.sandbox = sandboxes.id ORDER BY slot`,
    ),
    reports: new EvidenceStore(database).reports(),
  };
}
