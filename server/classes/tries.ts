// How often something may go wrong, or be done, for one who tries: beyond that they wait, whatever they try next.

export class Tries {
  readonly #most: number;
  readonly #withinMs: number;
  readonly #now: () => number;
  /** When each was counted; the key that was tried last is the last. */
  readonly #counted = new Map<string, number[]>();

  /** So many within so many ms, of one key. */
  constructor(most: number, withinMs: number, now: () => number = Date.now) {
    this.#most = most;
    this.#withinMs = withinMs;
    this.#now = now;
  }

  /** How long this key has to wait, in ms; 0 where it may try. */
  waitMs(key: string): number {
    const recent = this.#recent(key);
    const oldest = recent.at(-this.#most);
    return oldest === undefined ? 0 : oldest + this.#withinMs - this.#now();
  }

  /** One more; beyond `MOST_KEYS` the key that was counted longest ago is forgotten. */
  count(key: string): void {
    const recent = [...this.#recent(key), this.#now()].slice(-this.#most);
    this.#counted.delete(key);
    this.#counted.set(key, recent);
    if (this.#counted.size > MOST_KEYS) this.#counted.delete(this.#counted.keys().next().value as string);
  }

  forget(key: string): void {
    this.#counted.delete(key);
  }

  #recent(key: string): number[] {
    const since = this.#now() - this.#withinMs;
    return (this.#counted.get(key) ?? []).filter((atMs) => atMs > since);
  }
}

/** So that a flood of keys takes no more memory. */
const MOST_KEYS = 10_000;
