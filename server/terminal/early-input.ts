// What a page sends before its shell is there, or while it is away: kept for a short while, then refused. Late keys would come as a surprise.

import { KEPT_INPUT_BYTES, KEPT_INPUT_MS } from '../../protocol/limits.ts';

export class EarlyInput {
  readonly #refused: (bytes: number) => void;
  /** One for all of it: a thousand keys are a thousand frames. */
  #buffer: Buffer | null = null;
  #length = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `refused` is told how much will never be typed. */
  constructor(refused: (bytes: number) => void) {
    this.#refused = refused;
  }

  /** False where that is more than is kept: then nothing of it was taken. */
  add(data: Buffer): boolean {
    if (this.#length + data.length > KEPT_INPUT_BYTES) return false;
    this.#buffer ??= Buffer.allocUnsafeSlow(KEPT_INPUT_BYTES);
    this.#length += data.copy(this.#buffer, this.#length);
    // From the first on: what came after it makes no sense without it.
    this.#timer ??= setTimeout(() => this.refuse(), KEPT_INPUT_MS);
    return true;
  }

  /** All of it, for the shell that is there now. */
  take(): Buffer {
    const taken = this.#buffer?.subarray(0, this.#length) ?? Buffer.alloc(0);
    this.#clear();
    return taken;
  }

  refuse(): void {
    const bytes = this.#length;
    this.#clear();
    if (bytes > 0) this.#refused(bytes);
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#buffer = null;
    this.#length = 0;
  }
}
