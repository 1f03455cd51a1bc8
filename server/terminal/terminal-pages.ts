// The pages of one learner that show the same terminal, on whatever devices. One of them leads: the terminal has its size, its
// xterm.js answers what programs ask, and the program waits for it where it is slow. The others follow as watchers do: they never hold
// a program back, and get a gap where they are too slow. What is typed on any of them arrives.

/** A page's side of it. */
export interface TerminalPage {
  /** Begins or ceases to lead. */
  setLeading(leads: boolean): void;
  /** Input of a page that follows. False: too much waits already, and nothing was taken. */
  type(data: Buffer): boolean;
  /** Makes whatever runs draw its screen anew. */
  redraw(): void;
  /** The terminal has ended. */
  end(): void;
}

/** What was missed by pages that follow costs the program no more than this. */
const REDRAW_EVERY_MS = 5_000;

export class TerminalPages {
  /** The one that leads is the last; those before it led earlier. */
  readonly #pages: TerminalPage[] = [];
  #redrawnAtMs = Number.NEGATIVE_INFINITY;

  get leader(): TerminalPage | null {
    return this.#pages.at(-1) ?? null;
  }

  join(page: TerminalPage, lead: boolean): void {
    this.#pages.unshift(page);
    if (lead || this.#pages.length === 1) this.#lead(page);
    else page.setLeading(false);
  }

  /** From now on, whoever led before. */
  lead(page: TerminalPage): void {
    if (this.#pages.includes(page) && page !== this.leader) this.#lead(page);
  }

  /** Where it led, the one that led before it does so again. */
  leave(page: TerminalPage): void {
    const at = this.#pages.indexOf(page);
    if (at < 0) return;
    const led = page === this.leader;
    this.#pages.splice(at, 1);
    if (led) this.leader?.setLeading(true);
  }

  /** Nobody leads any more: to ask for a terminal that has ended would begin another. */
  ended(): void {
    for (const page of this.#pages.splice(0)) page.end();
  }

  /** A page that follows has missed bytes, and so cannot know what the screen is. */
  redraw(nowMs = performance.now()): void {
    if (nowMs - this.#redrawnAtMs < REDRAW_EVERY_MS) return;
    this.#redrawnAtMs = nowMs;
    this.leader?.redraw();
  }

  #lead(page: TerminalPage): void {
    const before = this.leader;
    this.#pages.splice(this.#pages.indexOf(page), 1);
    this.#pages.push(page);
    // First: what the other one has not typed yet is handed to it.
    page.setLeading(true);
    if (before && before !== page) before.setLeading(false);
  }
}
