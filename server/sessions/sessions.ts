// All sessions of this server: found by cookie, made on a learner's first step, found again after a restart.

import { SlipwayError } from '../errors.ts';
import { hashOf, newToken } from '../tokens.ts';
import { LearnerSession, type SessionParts } from './session.ts';

const TOKEN = /^[A-Za-z0-9_-]{22}$/;

export class Sessions {
  readonly #parts: SessionParts;
  readonly #byId = new Map<string, LearnerSession>();
  readonly #mostPerAddress: number;

  /** So many learners of one address may have a computer, or be in line for one. */
  constructor(parts: SessionParts, mostPerAddress = Number.POSITIVE_INFINITY) {
    this.#parts = parts;
    this.#mostPerAddress = mostPerAddress;
    for (const row of parts.store.sessions()) this.#byId.set(row.id, new LearnerSession(row, parts));
    parts.pool.listen((sandbox, news) => {
      for (const session of this.#byId.values()) if (session.sandbox?.id === sandbox) session.happened(news);
    });
  }

  /** The session of a cookie's value, or null. */
  find(token: string | undefined): LearnerSession | null {
    if (token === undefined || !TOKEN.test(token)) return null;
    return this.#byId.get(hashOf(token)) ?? null;
  }

  /** How many have a computer and a page open. */
  get atWork(): number {
    return [...this.#byId.values()].filter(({ sandbox, standing }) => sandbox !== null && standing.connected).length;
  }

  /** Whether somebody is in line for a computer. */
  get anyoneWaits(): boolean {
    return [...this.#byId.values()].some(({ setup }) => setup.state === 'waiting');
  }

  withId(id: string): LearnerSession | null {
    return this.#byId.get(id) ?? null;
  }

  /** Throws SlipwayError `no-session`, status 404, in place of none. */
  static begun(session: LearnerSession | null): LearnerSession {
    if (session) return session;
    throw new SlipwayError('no-session', 'You have not begun a lesson in this browser.', {
      next: 'Open one from the list of lessons.',
      status: 404,
    });
  }

  /** Throws SlipwayError `too-many-sessions`, status 429, where no other learner of this address may have a computer. */
  checkAddress(address: string): void {
    const there = [...this.#byId.values()].filter((session) => session.address === address && session.takesPlace);
    if (there.length < this.#mostPerAddress) return;
    throw new SlipwayError(
      'too-many-sessions',
      `${there.length} learners have a practice computer from your network already, and no more may.`,
      {
        next: 'Go on in the browser that you began in, or wait until a computer is given back. Whoever runs this server can allow more with `--sessions-per-address`.',
        status: 429,
      },
    );
  }

  /** A new session without a sandbox, and the value of its cookie. */
  create(): { session: LearnerSession; token: string } {
    const token = newToken();
    const id = hashOf(token);
    this.#parts.store.addSession(id, Date.now());
    const session = new LearnerSession({ id, lesson: null, sandbox: null }, this.#parts, () => this.drop(session));
    this.#byId.set(id, session);
    return { session, token };
  }

  /** Forgets a session that got no sandbox, or gave up waiting for it. */
  drop(session: LearnerSession): void {
    session.close();
    this.#byId.delete(session.id);
    this.#parts.store.removeSession(session.id);
  }

  /** Forgets a session with its computer and all that was done in it; its pages are told. */
  async erase(session: LearnerSession): Promise<void> {
    const { sandbox } = session;
    session.gone();
    session.close();
    this.#byId.delete(session.id);
    this.#parts.store.eraseSession(session.id);
    if (sandbox) await this.#parts.pool.remove(sandbox.id);
  }

  /** What became of computers while no server ran: those that stopped were started again; sessions whose computer is gone get another. */
  tellOf({ restarted, lost }: { restarted: ReadonlySet<string>; lost: ReadonlySet<string> }): void {
    for (const [id, session] of this.#byId) {
      if (lost.has(id)) session.happened('gone');
      else if (session.sandbox && restarted.has(session.sandbox.id)) session.happened('restarted');
    }
  }

  close(): void {
    for (const session of this.#byId.values()) session.close();
  }
}
