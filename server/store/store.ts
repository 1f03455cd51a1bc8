// What outlives the server: sandboxes, sessions, progress and the journal, behind typed questions.

import type { DatabaseSync } from 'node:sqlite';
import { CertificateStore } from './certificate-store.ts';
import { ClassProgressStore } from './class-progress.ts';
import { ClassStore } from './class-store.ts';
import { CommandStore } from './command-store.ts';
import { CompletionStore } from './completion-store.ts';
import { EvidenceStore } from './evidence-store.ts';
import { HandStore } from './hand-store.ts';
import { PeopleStore } from './people-store.ts';
import { PersonalData } from './personal-data.ts';
import { QuizTryStore } from './quiz-try-store.ts';
import { StepFactStore } from './step-facts.ts';
import { StepTimeStore } from './step-times.ts';
import { TerminalStore } from './terminal-store.ts';

export interface SandboxRow {
  id: string;
  slot: number;
  nonce: string;
  /** A learner has it. */
  claimed: boolean;
  /** Nobody is to get it: a learner had it once, or its removal has begun. */
  spent: boolean;
}

export interface SessionRow {
  id: string;
  lesson: string | null;
  sandbox: string | null;
}

export interface TimeRow {
  usedMs: number;
  idleMs: number;
  extensions: number;
  ended: 'idle' | 'total' | null;
}

export interface LessonRunRow {
  lesson: string;
  current: string | null;
  ready: boolean;
}

export type Mark = 'passed' | 'skipped';
export type JournalKind = 'event' | 'command' | 'image' | 'latch';

export class Store {
  readonly steps: StepFactStore;
  readonly times: StepTimeStore;
  readonly evidence: EvidenceStore;
  readonly commands: CommandStore;
  readonly terminals: TerminalStore;
  readonly people: PeopleStore;
  readonly classes: ClassStore;
  readonly classProgress: ClassProgressStore;
  readonly quizTries: QuizTryStore;
  readonly certificates: CertificateStore;
  readonly completions: CompletionStore;
  readonly hands: HandStore;
  readonly personal: PersonalData;
  readonly #db: DatabaseSync;
  readonly #markWatchers = new Set<(session: string, lesson: string) => void>();

  constructor(database: DatabaseSync) {
    this.#db = database;
    this.steps = new StepFactStore(database);
    this.times = new StepTimeStore(database);
    this.evidence = new EvidenceStore(database);
    this.commands = new CommandStore(database);
    this.terminals = new TerminalStore(database);
    this.people = new PeopleStore(database);
    this.classes = new ClassStore(database);
    this.classProgress = new ClassProgressStore(database);
    this.quizTries = new QuizTryStore(database);
    this.certificates = new CertificateStore(database);
    this.completions = new CompletionStore(database);
    this.hands = new HandStore(database);
    this.personal = new PersonalData(database);
  }

  sandboxes(): SandboxRow[] {
    const rows = this.#all(
      `SELECT sandboxes.id, slot, nonce, sessions.id IS NOT NULL AS claimed,
         leaving_ms IS NOT NULL OR (used AND sessions.id IS NULL) AS spent
       FROM sandboxes LEFT JOIN sessions ON sessions.sandbox = sandboxes.id`,
    );
    return rows.map((row) => ({ ...row, claimed: row.claimed === 1, spent: row.spent === 1 })) as SandboxRow[];
  }
  addSandbox(row: { id: string; slot: number; nonce: string }): void {
    this.#run('INSERT INTO sandboxes (id, slot, nonce, used) VALUES (?, ?, ?, 0)', row.id, row.slot, row.nonce);
  }
  /** Its removal has begun; where it did not come to its end, `trouble` says why. */
  setLeaving(id: string, nowMs: number, trouble: string | null): void {
    const sql = 'UPDATE sandboxes SET leaving_ms = coalesce(leaving_ms, ?), trouble = ? WHERE id = ?';
    this.#run(sql, nowMs, trouble, id);
  }
  removeSandbox(id: string): void {
    this.#run('DELETE FROM sandboxes WHERE id = ?', id);
  }

  sessions(): SessionRow[] {
    return this.#all('SELECT id, lesson, sandbox FROM sessions') as unknown as SessionRow[];
  }
  addSession(id: string, nowMs: number): void {
    this.#run('INSERT INTO sessions (id, created_ms) VALUES (?, ?)', id, nowMs);
  }
  removeSession(id: string): void {
    this.#run('DELETE FROM sessions WHERE id = ?', id);
  }
  /** With what outlives it otherwise. Deleted bytes are overwritten, and what was on its way to the file is put there. */
  eraseSession(id: string): void {
    this.evidence.removeReports(id);
    this.removeSession(id);
    this.settle();
  }
  /** Afterwards nothing that was deleted stands in the file beside it. */
  settle(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
  setSandbox(session: string, sandbox: string | null): void {
    if (sandbox !== null) this.setUsed(sandbox);
    this.#run('UPDATE sessions SET sandbox = ? WHERE id = ?', sandbox, session);
  }
  /** Nobody else is to get it. */
  setUsed(sandbox: string): void {
    this.#run('UPDATE sandboxes SET used = 1 WHERE id = ?', sandbox);
  }
  /** How long the computer has been kept so far. */
  timeOf(session: string): TimeRow {
    const sql = 'SELECT used_ms AS usedMs, idle_ms AS idleMs, extensions, ended FROM sessions WHERE id = ?';
    return this.#all(sql, session)[0] as unknown as TimeRow;
  }
  setTime(session: string, { usedMs, idleMs, extensions, ended }: TimeRow): void {
    const sql = 'UPDATE sessions SET used_ms = ?, idle_ms = ?, extensions = ?, ended = ? WHERE id = ?';
    this.#run(sql, usedMs, idleMs, extensions, ended, session);
  }
  /** Of the shell of a computer that was put away; null where none is kept. */
  historyOf(session: string): string | null {
    return (this.#all('SELECT history FROM sessions WHERE id = ?', session)[0]?.history ?? null) as string | null;
  }
  setHistory(session: string, history: string | null): void {
    this.#run('UPDATE sessions SET history = ? WHERE id = ?', history, session);
  }
  setLesson(session: string, lesson: string): void {
    this.#run('UPDATE sessions SET lesson = ? WHERE id = ?', lesson, session);
  }

  lessonRuns(session: string): LessonRunRow[] {
    const rows = this.#all('SELECT lesson, current, ready FROM lesson_runs WHERE session = ?', session);
    return rows.map((row) => ({
      lesson: String(row.lesson),
      current: row.current as string | null,
      ready: row.ready === 1,
    }));
  }
  setLessonRun(session: string, run: LessonRunRow): void {
    this.#run(
      `INSERT INTO lesson_runs (session, lesson, current, ready) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET current = excluded.current, ready = excluded.ready`,
      session,
      run.lesson,
      run.current,
      run.ready ? 1 : 0,
    );
  }

  marks(session: string): { lesson: string; step: string; mark: Mark }[] {
    return this.#all('SELECT lesson, step, mark FROM marks WHERE session = ?', session) as never;
  }
  /** With when each got its mark. */
  markedSteps(session: string): { lesson: string; step: string; mark: Mark; atMs: number }[] {
    return this.#all('SELECT lesson, step, mark, at_ms AS atMs FROM marks WHERE session = ?', session) as never;
  }
  /** A passed step stays passed: skipping it afterwards changes nothing. */
  setMark(session: string, lesson: string, step: string, mark: Mark, nowMs: number): void {
    this.#run(
      `INSERT INTO marks (session, lesson, step, mark, at_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET mark = excluded.mark, at_ms = excluded.at_ms WHERE mark <> 'passed'`,
      session,
      lesson,
      step,
      mark,
      nowMs,
    );
    for (const watcher of this.#markWatchers) watcher(session, lesson);
  }
  /** Tells of each mark once it is kept, until the function that it returns is called. */
  watchMarks(watcher: (session: string, lesson: string) => void): () => void {
    this.#markWatchers.add(watcher);
    return () => void this.#markWatchers.delete(watcher);
  }
  clearMark(session: string, lesson: string, step: string): void {
    this.#run('DELETE FROM marks WHERE session = ? AND lesson = ? AND step = ?', session, lesson, step);
  }
  clearLesson(session: string, lesson: string): void {
    this.#run('DELETE FROM marks WHERE session = ? AND lesson = ?', session, lesson);
    this.#run('DELETE FROM lesson_runs WHERE session = ? AND lesson = ?', session, lesson);
    this.steps.clearLesson(session, lesson);
    this.times.clearLesson(session, lesson);
    this.quizTries.clearLesson(session, lesson);
    this.evidence.clearLesson(session, lesson);
  }

  journal(session: string): { kind: JournalKind; body: unknown }[] {
    const rows = this.#all('SELECT kind, body FROM journal WHERE session = ? ORDER BY seq', session);
    return rows.map((row) => ({ kind: row.kind as JournalKind, body: JSON.parse(String(row.body)) }));
  }
  addJournal(session: string, kind: JournalKind, body: unknown): void {
    this.#run('INSERT INTO journal (session, kind, body) VALUES (?, ?, ?)', session, kind, JSON.stringify(body));
  }
  /** Forgets entries of these kinds, all but the newest `keep`. */
  trimJournal(session: string, kinds: readonly JournalKind[], keep = 0): void {
    const list = JSON.stringify(kinds);
    this.#run(
      `DELETE FROM journal WHERE session = ?1 AND kind IN (SELECT value FROM json_each(?2)) AND seq NOT IN (
         SELECT seq FROM journal WHERE session = ?1 AND kind IN (SELECT value FROM json_each(?2)) ORDER BY seq DESC LIMIT ?3)`,
      session,
      list,
      keep,
    );
  }

  close(): void {
    this.#db.close();
  }

  #all(sql: string, ...values: (string | number | null)[]): Record<string, unknown>[] {
    return this.#db.prepare(sql).all(...values) as Record<string, unknown>[];
  }
  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#db.prepare(sql).run(...values);
  }
}
