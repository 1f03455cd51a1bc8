// How fast a page may send: what comes faster waits in the network, so that nothing of it is lost and nobody else waits for it.

/** What a frame costs beside its bytes: a million empty ones are work, too. */
const FRAME_BYTES = 256;

export class InputPace {
  readonly #bytesPerMs: number;
  readonly #most: number;
  #credit: number;
  #atMs: number;

  /** A second's worth may come at once. */
  constructor(bytesPerSecond: number, nowMs = performance.now()) {
    this.#bytesPerMs = bytesPerSecond / 1000;
    this.#most = bytesPerSecond;
    this.#credit = bytesPerSecond;
    this.#atMs = nowMs;
  }

  /** Counts a frame that came, and answers for how many ms no other should be read. */
  took(bytes: number, nowMs = performance.now()): number {
    const earned = (nowMs - this.#atMs) * this.#bytesPerMs;
    this.#atMs = nowMs;
    this.#credit = Math.min(this.#most, this.#credit + earned) - bytes - FRAME_BYTES;
    return this.#credit >= 0 ? 0 : Math.ceil(-this.#credit / this.#bytesPerMs);
  }
}
