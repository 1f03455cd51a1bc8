// The rehearsals of classes: one at a time on a server, and what the newest one of each class showed.

import { join } from 'node:path';
import {
  type Rehearsal as Kept,
  type RehearsalAsk,
  type RehearsalView,
  rehearsalSchema,
} from '../../protocol/rehearsal.ts';
import type { Dial } from '../dial.ts';
import { SlipwayError } from '../errors.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import { Sessions } from '../sessions/sessions.ts';
import { RehearsalStore } from '../store/rehearsal-store.ts';
import type { Store } from '../store/store.ts';
import type { Classes } from './classes.ts';
import { Rehearsal } from './rehearsal.ts';

/** What headless learners work on. */
export interface RehearsalMachine {
  pool: SandboxPool;
  hubStore: Dial;
  dataDir: string;
  log: { warn(fields: object, text: string): void };
}

export interface RehearsalsParts {
  machine: RehearsalMachine;
  store: Store;
  classes: Classes;
  /** Those of people. */
  sessions: Sessions;
  lessons: Lessons;
}

export class Rehearsals {
  readonly #parts: RehearsalsParts;
  readonly #file: string;
  #own: { store: RehearsalStore; sessions: Sessions } | null = null;
  #running: { ofClass: number; rehearsal: Rehearsal } | null = null;
  #closed = false;

  constructor(parts: RehearsalsParts) {
    this.#parts = parts;
    this.#file = join(parts.machine.dataDir, 'rehearsal.db');
    RehearsalStore.remove(this.#file);
  }

  /** Throws `no-class`. */
  view(ofClass: number): RehearsalView {
    const { classes, machine, sessions } = this.#parts;
    const { id } = classes.get(ofClass);
    const running = this.#running;
    return {
      most: machine.pool.admission.max,
      atWork: sessions.atWork,
      elsewhere: running !== null && running.ofClass !== id,
      last: running?.ofClass === id ? running.rehearsal.view : this.#kept(id),
    };
  }

  /** Throws `no-class`, `rehearsing`, `beyond-the-most`, `nothing-to-rehearse` and `learners-at-work`. */
  begin(ofClass: number, { learners, lesson: slug, besideLearners }: RehearsalAsk): RehearsalView {
    const { classes, sessions, machine, store } = this.#parts;
    const { id, lessons } = classes.get(ofClass);
    const { pool, log } = machine;
    if (this.#running) throw rehearsing();
    if (learners > pool.admission.max) throw beyondTheMost(pool.admission.max);
    const lesson = this.#lessonFor(lessons, slug);
    if (sessions.atWork > 0 && besideLearners !== true) throw learnersAtWork(sessions.atWork);
    const { counts, admission } = pool;
    const parts = { people: sessions, sessions: this.#sessions(), inUse: counts.claimed, admission, log };
    const rehearsal = new Rehearsal({ ...parts, lesson, learners });
    this.#running = { ofClass: id, rehearsal };
    store.classes.setRehearsal(id, rehearsal.view);
    void rehearsal.ended.then(() => {
      this.#running = null;
      if (!this.#closed) store.classes.setRehearsal(id, rehearsal.view);
    });
    return this.view(id);
  }

  /** Throws `no-class`. */
  stop(ofClass: number): RehearsalView {
    const { id } = this.#parts.classes.get(ofClass);
    if (this.#running?.ofClass === id) this.#running.rehearsal.stop('teacher');
    return this.view(id);
  }

  /** One that is on is broken off. Resolves when its computers are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.rehearsal.stop('teacher');
    await this.#running?.rehearsal.ended;
    this.#own?.sessions.close();
    this.#own?.store.close();
    this.#own = null;
  }

  /** One that was on when an earlier server ended was broken off. */
  #kept(id: number): Kept | null {
    const kept = rehearsalSchema.safeParse(this.#parts.store.classes.rehearsal(id)).data ?? null;
    return kept?.state === 'running' ? { ...kept, state: 'broken-off' } : kept;
  }

  #lessonFor(slugs: readonly string[], wanted: string | undefined): Lesson {
    const lesson = this.#parts.lessons
      .only(slugs)
      .all.find(({ slug, page, steps }) => !page && steps.length > 0 && (wanted === undefined || slug === wanted));
    if (lesson) return lesson;
    throw new SlipwayError('nothing-to-rehearse', 'The class has no such lesson with steps to take.', {
      next: 'Choose a lesson with steps for the class first.',
      status: 400,
    });
  }

  /** Made for the first one. */
  #sessions(): Sessions {
    const { machine, store, lessons } = this.#parts;
    const { pool, hubStore, log } = machine;
    if (!this.#own) {
      const own = new RehearsalStore(this.#file, store);
      this.#own = { store: own, sessions: new Sessions({ store: own, lessons, pool, hubStore, log }) };
    }
    return this.#own.sessions;
  }
}

function rehearsing(): SlipwayError {
  return new SlipwayError('rehearsing', 'A rehearsal is on already at this server.', {
    next: 'Wait for its end, or stop it on the page of its class.',
    status: 409,
  });
}

function beyondTheMost(most: number): SlipwayError {
  return new SlipwayError('beyond-the-most', `This server has at most ${most} practice computers.`, {
    next: 'Rehearse with fewer, or have whoever runs it raise `--max-sandboxes`.',
    status: 400,
  });
}

function learnersAtWork(n: number): SlipwayError {
  return new SlipwayError(
    'learners-at-work',
    `Learners are at work now: ${n}. A rehearsal takes processors and memory from them.`,
    {
      next: 'Wait until they are done, or begin all the same.',
      status: 409,
    },
  );
}
