// How long to wait before connecting again: from a quarter of a second to five, with jitter so that a room of pages
// does not come back in one moment.

import { FIRST_RETRY_MS, LONGEST_RETRY_MS } from '../../../protocol/limits.ts';

export class Backoff {
  private attempts = 0;
  private readonly random: () => number;

  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  /** The next wait: between half and all of a step that doubles each time. */
  nextMs(): number {
    const step = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.attempts);
    this.attempts += 1;
    return step * (0.5 + this.random() / 2);
  }

  reset(): void {
    this.attempts = 0;
  }
}
