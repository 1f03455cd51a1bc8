// What has been true once in the current step, in the order in which it was noticed, kept through a restart of the server.

import type { Latches } from '../checks/types.ts';
import type { Store } from '../store/store.ts';

const MAX_LATCHES = 200;

export class StepLatches implements Latches {
  readonly #store: Store;
  readonly #session: string;
  readonly #keys = new Set<string>();

  /** `kept` is the session's journal. */
  constructor(store: Store, session: string, kept: ReturnType<Store['journal']>) {
    this.#store = store;
    this.#session = session;
    for (const { kind, body } of kept) {
      if (kind === 'latch') this.#keys.add(String((body as { key?: unknown }).key));
    }
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  set(key: string): void {
    if (this.#keys.has(key) || this.#keys.size >= MAX_LATCHES) return;
    this.#keys.add(key);
    this.#store.addJournal(this.#session, 'latch', { key });
  }

  /** Another step, or the step from its beginning. */
  forget(): void {
    if (this.#keys.size === 0) return;
    this.#keys.clear();
    this.#store.trimJournal(this.#session, ['latch']);
  }
}

/** Latches as they are, for who only looks. */
export function onlyLooking(latches: Latches): Latches {
  return { has: (key) => latches.has(key), set: () => {} };
}
