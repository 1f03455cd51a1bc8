// The page of a line without a browser: parses output at a given speed, says so to the rival, and sees what is waited for.

import type { Line } from './rival.ts';

const WAIT_MS = 60_000;
const MAX_TAIL = 4096;

export interface PageOptions {
  /** What xterm.js does at its slowest is about 10 MB/s; without it nothing is waited for. */
  bytesPerSecond?: number;
}

export class Page {
  /** Each piece that has been parsed. */
  onParsed: (bytes: Buffer) => void = () => {};
  readonly #line: Line;
  readonly #bytesPerSecond: number;
  readonly #waiting: Buffer[] = [];
  #tail = '';
  #seen: (() => boolean) | null = null;
  #parsedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(line: Line, { bytesPerSecond = Number.POSITIVE_INFINITY }: PageOptions = {}) {
    this.#line = line;
    this.#bytesPerSecond = bytesPerSecond;
    line.onOutput = (bytes) => {
      if (bytesPerSecond === Number.POSITIVE_INFINITY) return this.#parse(bytes);
      this.#waiting.push(Buffer.from(bytes));
      if (!this.#timer) this.#parseNext();
    };
  }

  type(keys: string): void {
    this.#line.type(keys);
  }

  /** Forgets what has been shown, types, and resolves at the moment when `text` is on the screen. */
  async answers(keys: string, text: string): Promise<number> {
    this.#tail = '';
    const began = performance.now();
    this.type(keys);
    await this.shows(text);
    return performance.now() - began;
  }

  shows(text: string): Promise<void> {
    if (this.#tail.includes(text)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#seen = null;
        reject(
          new Error(`waited in vain for ${JSON.stringify(text)}; the end is ${JSON.stringify(this.#tail.slice(-200))}`),
        );
      }, WAIT_MS);
      this.#seen = () => {
        if (!this.#tail.includes(text)) return false;
        clearTimeout(late);
        resolve();
        return true;
      };
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#line.close();
  }

  #parseNext(): void {
    this.#timer = undefined;
    const bytes = this.#waiting.shift();
    if (!bytes) return;
    const now = performance.now();
    this.#parsedUntil = Math.max(now, this.#parsedUntil) + (bytes.length / this.#bytesPerSecond) * 1000;
    this.#timer = setTimeout(
      () => {
        this.#parse(bytes);
        this.#parseNext();
      },
      Math.max(0, this.#parsedUntil - now),
    );
  }

  #parse(bytes: Buffer): void {
    this.#line.parsed(bytes.length);
    this.onParsed(bytes);
    this.#tail = (this.#tail + bytes.toString('latin1', Math.max(0, bytes.length - MAX_TAIL))).slice(-MAX_TAIL);
    if (this.#seen?.()) this.#seen = null;
  }
}
