// A reading that happens because something happened: one at a time, and once more where something happened meanwhile.

export interface CoalescedOptions {
  /** Never throws. */
  read: () => Promise<void>;
  /** What happens within this time is one. */
  gatherMs: number;
}

export class Coalesced {
  readonly #options: CoalescedOptions;
  #timer: NodeJS.Timeout | null = null;
  #reading = false;
  #again = false;
  #stopped = false;

  constructor(options: CoalescedOptions) {
    this.#options = options;
  }

  touch(): void {
    if (this.#stopped) return;
    if (this.#reading) this.#again = true;
    else this.#timer ??= setTimeout(() => void this.#run(), this.#options.gatherMs);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#timer = null;
    this.#reading = true;
    await this.#options.read();
    this.#reading = false;
    if (!this.#again) return;
    this.#again = false;
    this.touch();
  }
}
