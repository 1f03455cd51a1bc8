// How often something may go wrong for one who tries: beyond that they wait, whatever they try next.

export class Tries {
  readonly #most: number;
  readonly #withinMs: number;
  readonly #now: () => number;
  /** When each went wrong; the key that was tried last is the last. */
  readonly #wrong = new Map<string, number[]>();

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

  wentWrong(key: string): void {
    const recent = [...this.#recent(key), this.#now()].slice(-this.#most);
    this.#wrong.delete(key);
    this.#wrong.set(key, recent);
    if (this.#wrong.size > MOST_KEYS) this.#wrong.delete(this.#wrong.keys().next().value as string);
  }

  wentWell(key: string): void {
    this.#wrong.delete(key);
  }

  #recent(key: string): number[] {
    const since = this.#now() - this.#withinMs;
    return (this.#wrong.get(key) ?? []).filter((atMs) => atMs > since);
  }
}

/** So that a flood of keys takes no more memory. */
const MOST_KEYS = 10_000;
