// People, their logins and sign-in links, as rows. Tokens are kept as hashes: who reads the file cannot become anybody.

import type { DatabaseSync } from 'node:sqlite';
import { Watched } from '../watched.ts';

export type RoleName = 'learner' | 'assistant' | 'teacher';

export interface PersonRow {
  id: string;
  role: RoleName;
  name: string;
  class: number | null;
  session: string | null;
  password: string | null;
  links: number;
  createdMs: number;
  cameMs: number | null;
  seenMs: number | null;
  /** The class that a teacher tries as a learner does. */
  dryRun: number | null;
  /** What they had tried of their own until then. */
  setAside: string | null;
}

export interface LoginRow {
  id: string;
  person: string;
  createdMs: number;
  seenMs: number;
  replacedMs: number | null;
}

const PERSON = `id, role, name, class, session, password, links, created_ms AS createdMs, came_ms AS cameMs, seen_ms AS seenMs,
  dry_run AS dryRun, set_aside AS setAside`;
const LOGIN = `id, person, created_ms AS createdMs, seen_ms AS seenMs, replaced_ms AS replacedMs`;

export class PeopleStore extends Watched {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    super();
    this.#db = database;
  }

  person(id: string): PersonRow | null {
    return this.#one(`SELECT ${PERSON} FROM people WHERE id = ?`, id);
  }
  /** Whose run it is, or null. */
  withSession(session: string): PersonRow | null {
    return this.#one(`SELECT ${PERSON} FROM people WHERE session = ?`, session);
  }
  /** Teachers and assistants, the oldest first. */
  staff(): PersonRow[] {
    return this.#all(`SELECT ${PERSON} FROM people WHERE role <> 'learner' ORDER BY created_ms, id`);
  }
  inClass(id: number): PersonRow[] {
    return this.#all(`SELECT ${PERSON} FROM people WHERE class = ? ORDER BY created_ms, rowid`, id);
  }
  /** Learners who were not here since then; of a name of a list, since it was put there. */
  notSeenSince(ms: number): PersonRow[] {
    return this.#all(`SELECT ${PERSON} FROM people WHERE role = 'learner' AND coalesce(seen_ms, created_ms) < ?`, ms);
  }
  add(person: Omit<PersonRow, 'dryRun' | 'setAside'>): void {
    this.#run(
      `INSERT INTO people (id, role, name, class, session, password, links, created_ms, came_ms, seen_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      person.id,
      person.role,
      person.name,
      person.class,
      person.session,
      person.password,
      person.links,
      person.createdMs,
      person.cameMs,
      person.seenMs,
    );
    this.changed();
  }
  update(id: string, { name, session, password, links, cameMs, seenMs, dryRun, setAside }: Partial<PersonRow>): void {
    const given = {
      name,
      session,
      password,
      links,
      came_ms: cameMs,
      seen_ms: seenMs,
      dry_run: dryRun,
      set_aside: setAside,
    };
    for (const [column, value] of Object.entries(given))
      if (value !== undefined) this.#run(`UPDATE people SET ${column} = ? WHERE id = ?`, value, id);
    this.changed();
  }
  remove(id: string): void {
    this.#run('DELETE FROM people WHERE id = ?', id);
    this.changed();
  }

  login(id: string): LoginRow | null {
    return this.#one(`SELECT ${LOGIN} FROM logins WHERE id = ?`, id);
  }
  addLogin(id: string, person: string, nowMs: number): void {
    this.#run('INSERT INTO logins (id, person, created_ms, seen_ms) VALUES (?, ?, ?, ?)', id, person, nowMs, nowMs);
  }
  setLogin(id: string, { seenMs, replacedMs }: { seenMs?: number; replacedMs?: number }): void {
    if (seenMs !== undefined) this.#run('UPDATE logins SET seen_ms = ? WHERE id = ?', seenMs, id);
    if (replacedMs !== undefined) this.#run('UPDATE logins SET replaced_ms = ? WHERE id = ?', replacedMs, id);
  }
  removeLogin(id: string): void {
    this.#run('DELETE FROM logins WHERE id = ?', id);
  }
  removeLoginsOf(person: string): void {
    this.#run('DELETE FROM logins WHERE person = ?', person);
  }

  addSignInLink(id: string, person: string, expiresMs: number): void {
    this.#run('INSERT INTO sign_in_links (id, person, expires_ms) VALUES (?, ?, ?)', id, person, expiresMs);
  }
  signInLink(id: string): { person: string; expiresMs: number; usedMs: number | null } | null {
    const sql = 'SELECT person, expires_ms AS expiresMs, used_ms AS usedMs FROM sign_in_links WHERE id = ?';
    return this.#one(sql, id);
  }
  useSignInLink(id: string, nowMs: number): void {
    this.#run('UPDATE sign_in_links SET used_ms = ? WHERE id = ?', nowMs, id);
  }
  removeSignInLinksOf(person: string): void {
    this.#run('DELETE FROM sign_in_links WHERE person = ?', person);
  }

  #one<T>(sql: string, ...values: (string | number)[]): T | null {
    return (this.#db.prepare(sql).get(...values) as T | undefined) ?? null;
  }
  #all<T>(sql: string, ...values: (string | number)[]): T[] {
    return this.#db.prepare(sql).all(...values) as T[];
  }
  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#db.prepare(sql).run(...values);
  }
}
