// How far a class is, for whoever is responsible for it and is nobody of it: numbers only, and none that tells of one or two people.

import type { ClassOverview, LessonRecord } from '../../protocol/records.ts';
import { SlipwayError } from '../errors.ts';
import type { Lessons } from '../lessons/load.ts';
import { percentile } from '../percentile.ts';
import type { Store } from '../store/store.ts';
import type { Classes } from './classes.ts';
import { classReport, recordOf } from './records.ts';
import { sealed, unsealed } from './tokens.ts';

export interface OverviewsParts {
  store: Store;
  classes: Classes;
  /** All that are offered. */
  lessons: Lessons;
  /** Seals the links. */
  key: string;
  /** Ms since 1970. */
  now?: () => number;
}

const RECENT_MS = 7 * 24 * 3600_000;
/** Fewer are people, not a number. */
const FEW = 3;
/** However often it is asked for, it is made as often. */
const FRESH_MS = 10_000;
const ID = 'class';

export class Overviews {
  readonly #parts: OverviewsParts;
  readonly #now: () => number;
  readonly #made = new Map<number, ClassOverview>();

  constructor(parts: OverviewsParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  /** At most ten seconds old. Throws `no-class`. */
  of(ofClass: number): ClassOverview {
    const { id } = this.#parts.classes.get(ofClass);
    const before = this.#made.get(id);
    if (before && this.#now() - before.madeMs < FRESH_MS) return before;
    const made = this.#make(id);
    this.#made.set(id, made);
    return made;
  }

  /** What stands at the end of a link to it, after the #. Throws `no-class`. */
  tokenOf(ofClass: number): string {
    const { id } = this.#parts.classes.get(ofClass);
    return sealed(this.#parts.key, this.#useOf(id), ID, id);
  }

  /** Throws `bad-link` where it was not made here, or the class has another code by now or is gone. */
  byToken(token: string): ClassOverview {
    const id = Number(token.split('.')[1]);
    const isThere = this.#parts.store.classes.get(id) !== null;
    if (isThere && unsealed(this.#parts.key, this.#useOf(id), token)) return this.of(id);
    throw new SlipwayError('bad-link', 'This link to an overview is not valid, or is no longer.', {
      next: 'Ask whoever teaches the class for a new one.',
      status: 404,
    });
  }

  /** The code is no part of the link, and another one makes it void. */
  #useOf(id: number): string {
    return `overview ${this.#parts.classes.get(id).code}`;
  }

  #make(id: number): ClassOverview {
    const { store, classes, lessons } = this.#parts;
    const report = classReport(store, classes, lessons, id);
    const records = report.learners.map((learner) => learner.lessons);
    const people = store.people.inClass(id);
    // Of nobody: the lessons that each learner's record has, in its order.
    const taught = recordOf(store, null, lessons.only(classes.get(id).lessons).all);
    const now = this.#now();
    return {
      class: report.class,
      madeMs: now,
      learners: {
        listed: people.length,
        came: few(people.filter(({ cameMs }) => cameMs !== null)),
        recent: few(people.filter(({ seenMs }) => seenMs !== null && now - seenMs < RECENT_MS)),
        done: few(records.filter((all) => all.length > 0 && all.every(isFinished))),
      },
      lessons: taught.map(({ lesson, title, steps }, index) => {
        const all = records.flatMap((own) => own[index] ?? []);
        const finished = all.filter(isFinished);
        const timesMs = finished.map(({ workedMs }) => workedMs);
        return {
          lesson,
          title,
          steps,
          begun: few(all.filter(({ begunMs }) => begunMs !== null)),
          finished: few(finished),
          workedMs: finished.length < FEW ? null : percentile(timesMs, 50),
        };
      }),
    };
  }
}

const isFinished = ({ finishedMs }: LessonRecord) => finishedMs !== null;

/** How many they are, or null where that tells of one or two. */
function few({ length }: readonly unknown[]): number | null {
  return length > 0 && length < FEW ? null : length;
}
