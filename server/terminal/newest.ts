// Tells the newest of many values: the first at once, then no more than one in a while, and the last one surely.

export class Newest<T> {
  readonly #tell: (value: T) => void;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;
  #waiting: { value: T } | null = null;

  constructor(tell: (value: T) => void, everyMs: number) {
    this.#tell = tell;
    this.#everyMs = everyMs;
  }

  set(value: T): void {
    this.#waiting = { value };
    if (!this.#timer) this.#next();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }

  #next(): void {
    const waiting = this.#waiting;
    this.#timer = null;
    if (!waiting) return;
    this.#waiting = null;
    this.#timer = setTimeout(() => this.#next(), this.#everyMs);
    this.#tell(waiting.value);
  }
}
