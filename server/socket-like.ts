// A stream that is no socket, with what HTTP asks of one.

import { Duplex } from 'node:stream';

export abstract class SocketLike extends Duplex {
  #idle: NodeJS.Timeout | null = null;

  constructor() {
    super({ allowHalfOpen: false });
    this.once('close', () => this.setTimeout(0));
  }

  /** As a socket's: a `timeout` after so long without `touch`. */
  setTimeout(ms: number, listener?: () => void): this {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = ms > 0 ? setTimeout(() => this.emit('timeout'), ms).unref() : null;
    if (listener && ms > 0) this.once('timeout', listener);
    return this;
  }

  /** Something came or went. */
  protected touch(): void {
    this.#idle?.refresh();
  }

  // What is below sees to these.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
