// Keeps a terminal's screen before the bytes that made it leave the holder's ring: most terminals never print so much.
//
// Nothing of it is in the way of a key or of output: when the terminal is quiet, a thread of its own parses what a watcher
// reads, who slows nobody. What prints on and on is read every few seconds, or when a quarter of the ring is left. Where it prints more in these than it may, it is
// read when it pauses: then bytes may be missing, and the page says how many.

import { readScreen, type Shell } from './screen-reading.ts';

/** Half of the holder's ring. */
const AFTER_BYTES = 2 * 1024 * 1024;
const QUIET_MS = 500;
const LATEST_MS = 5_000;
/** What prints so much more before it pauses, and no faster than it can be read, is read at once: a quarter of the ring is left to it. */
const HURRY_BYTES = 1024 * 1024;
const READABLE_BYTES_PER_MS = 5 * 1024;

/** One thread at a time, for all terminals. */
let busy: Promise<unknown> = Promise.resolve();

export class ScreenKeeper {
  readonly #shell: Shell;
  #keptByte = 0;
  #timer: NodeJS.Timeout | null = null;
  #reading = false;
  #dueSinceMs = 0;
  #dueAtByte = 0;
  #closed = false;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** The terminal has printed everything up to this byte. */
  printed(byte: number): void {
    if (byte < this.#keptByte) this.#keptByte = 0;
    if (this.#closed || this.#reading || byte - this.#keptByte < AFTER_BYTES) return;
    if (!this.#timer) {
      this.#dueSinceMs = performance.now();
      this.#dueAtByte = byte;
      this.#timer = setTimeout(() => void this.#keep(), QUIET_MS).unref();
    } else {
      const more = byte - this.#dueAtByte;
      const ms = performance.now() - this.#dueSinceMs;
      if (more > HURRY_BYTES && more < AFTER_BYTES && more < ms * READABLE_BYTES_PER_MS) return this.#hurry();
      const floods = more > AFTER_BYTES;
      if (floods || ms < LATEST_MS - QUIET_MS) this.#timer.refresh();
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #hurry(): void {
    if (this.#timer) clearTimeout(this.#timer);
    void this.#keep();
  }

  async #keep(): Promise<void> {
    this.#timer = null;
    this.#reading = true;
    const turn = busy.then(() => (this.#closed ? null : readScreen(this.#shell).catch(() => null)));
    busy = turn;
    this.#keptByte = (await turn) ?? this.#keptByte;
    this.#reading = false;
  }
}
