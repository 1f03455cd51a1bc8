// Raised hands of the classes: a queue each, taken and closed by teachers and assistants.

import type { OwnHand } from '../../protocol/room.ts';
import { SlipwayError } from '../errors.ts';
import { percentile } from '../percentile.ts';
import type { HandRow, HandStore } from '../store/hand-store.ts';
import type { PersonRow } from '../store/people-store.ts';

/** So many of the last ones say how long one takes. */
const REMEMBERED = 9;

export class Hands {
  readonly #store: HandStore;
  readonly #now: () => number;
  /** By class: from when a hand was first in line, or taken, until the next one's turn. */
  readonly #took = new Map<number, number[]>();

  constructor(store: HandStore, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  /** Until the function that it returns is called. */
  watch(watcher: () => void): () => void {
    return this.#store.watch(watcher);
  }

  /** The one that was raised first at the front. */
  of(ofClass: number): HandRow[] {
    return this.#store.of(ofClass);
  }

  /** Throws `no-class-of-yours` for who is in none. */
  raise({ id, class: ofClass }: PersonRow, words: string): void {
    if (ofClass === null) throw noClassOfYours();
    this.#store.raise(id, words, this.#now());
  }

  /** By the learner. */
  lower({ id }: PersonRow): void {
    this.#store.remove(id);
  }

  /** Throws `no-hand` where it is down already. */
  take(ofClass: number, person: string, by: string): void {
    this.#mustBeUp(ofClass, person);
    this.#store.take(person, by, this.#now());
  }

  /** Throws `no-hand` where it is down already. */
  close(ofClass: number, person: string): void {
    const { takenMs } = this.#mustBeUp(ofClass, person);
    if (takenMs !== null) {
      const took = [...(this.#took.get(ofClass) ?? []), this.#now() - takenMs];
      this.#took.set(ofClass, took.slice(-REMEMBERED));
    }
    this.#store.remove(person);
  }

  /** As its learner sees it; null where it is not up. */
  own({ id, class: ofClass }: PersonRow): OwnHand | null {
    const all = ofClass === null ? [] : this.of(ofClass);
    const hand = all.find(({ person }) => person === id);
    if (!hand || ofClass === null) return null;
    const { words, takenBy } = hand;
    const before = all.slice(0, all.indexOf(hand)).filter((other) => other.takenBy === null).length;
    const each = median(this.#took.get(ofClass) ?? []);
    return {
      words,
      takenBy,
      place: before + 1,
      waitMs: takenBy !== null || each === null ? null : each * (before + 1),
    };
  }

  #mustBeUp(ofClass: number, person: string): HandRow {
    const hand = this.of(ofClass).find((other) => other.person === person);
    if (hand) return hand;
    throw new SlipwayError('no-hand', 'This hand is down already.', {
      next: 'Look at the queue again.',
      status: 409,
    });
  }
}

export function noClassOfYours(): SlipwayError {
  return new SlipwayError('no-class-of-yours', 'This is for the learners of a class.', {
    next: 'Join a class with its code.',
    status: 409,
  });
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : percentile(values, 50);
}
