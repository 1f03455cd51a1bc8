// How fast a page may send: what comes faster waits in the network, so that nothing of it is lost and nobody else waits for it.

import { Pace } from '../pace.ts';

/** What a frame costs beside its bytes: a million empty ones are work, too. */
const FRAME_BYTES = 256;

export class InputPace {
  readonly #pace: Pace;

  /** A second's worth may come at once. */
  constructor(bytesPerSecond: number, nowMs = performance.now()) {
    this.#pace = new Pace(bytesPerSecond, bytesPerSecond, nowMs);
  }

  /** Counts a frame that came, and answers for how many ms no other should be read. */
  took(bytes: number, nowMs = performance.now()): number {
    return this.#pace.took(bytes + FRAME_BYTES, nowMs);
  }
}
