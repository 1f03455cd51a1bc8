// How many WebSockets each has open, so that nobody has more than may be.

import type { WebSocket } from 'ws';

export class OpenSockets<Whose> {
  readonly #most: number;
  /** Those that are closing, too. */
  readonly #open = new Map<Whose, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts it until it has closed; false where there are as many as may be without it. */
  add(whose: Whose, socket: WebSocket): boolean {
    const before = this.#open.get(whose) ?? 0;
    this.#open.set(whose, before + 1);
    socket.on('close', () => {
      const left = (this.#open.get(whose) ?? 1) - 1;
      if (left > 0) this.#open.set(whose, left);
      else this.#open.delete(whose);
    });
    return before < this.#most;
  }
}
