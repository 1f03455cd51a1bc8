// What happened to a learner's computer by itself, for as long as they are told.

import type { Mishap } from '../../protocol/session.ts';

/** So long it stays at least; then the end of a command shows that work goes on. */
const SEEN_MS = 15_000;

export class MishapNotice {
  readonly #onChange: () => void;
  #mishap: Mishap | null = null;
  #sinceMs = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get now(): Mishap | null {
    return this.#mishap;
  }

  say(mishap: Mishap | null): void {
    if (mishap === this.#mishap) return;
    this.#mishap = mishap;
    this.#sinceMs = performance.now();
    this.#onChange();
  }

  /** It went with the whole computer where that is told already. */
  engineRestarted(): void {
    if (this.#mishap === null) this.say('engine-restarted');
  }

  commandEnded(): void {
    const isOver = this.#mishap !== null && this.#mishap !== 'restarting';
    if (isOver && performance.now() - this.#sinceMs >= SEEN_MS) this.say(null);
  }
}
