// How often something may be done: so much at once, then at a steady rate.

export class Pace {
  readonly #perMs: number;
  readonly #most: number;
  #credit: number;
  #atMs: number;

  constructor(perSecond: number, atOnce: number, nowMs = performance.now()) {
    this.#perMs = perSecond / 1000;
    this.#most = atOnce;
    this.#credit = atOnce;
    this.#atMs = nowMs;
  }

  /** Counts it as done, and answers how many ms too early that is. */
  took(amount: number, nowMs = performance.now()): number {
    const earned = (nowMs - this.#atMs) * this.#perMs;
    this.#atMs = nowMs;
    this.#credit = Math.min(this.#most, this.#credit + earned) - amount;
    return this.#credit >= 0 ? 0 : Math.ceil(-this.#credit / this.#perMs);
  }
}
