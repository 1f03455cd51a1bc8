// One connection through a carrier.

import { SocketLike } from '../socket-like.ts';

/** What of a channel is under way in one direction, at most; as in sandbox/learner/carrier.c. */
export const WINDOW = 262_144;
const FRAME_MOST = 32_768;

/** The carrier's side of a channel. */
export interface Wire {
  /** False: nothing more now; the channel's `pump` is called when there is room. */
  data(channel: Channel, bytes: Buffer): boolean;
  end(channel: Channel): void;
  credit(channel: Channel, bytes: number): void;
  closed(channel: Channel): void;
}

export class Channel extends SocketLike {
  #wire: Wire | null = null;
  #window = WINDOW;
  #pending: { bytes: Buffer; done: (error?: Error) => void } | null = null;
  /** Bytes received that no credit has been told for. */
  #owed = 0;
  #ended = false;

  /** From now on its bytes go over this wire. */
  attach(wire: Wire): void {
    this.#wire = wire;
    this.pump();
  }

  /** The other end has taken the connection. */
  opened(): void {
    this.emit('connect');
  }

  /** False where it is more than was allowed. */
  received(bytes: Buffer): boolean {
    this.#owed += bytes.length;
    if (this.#owed > WINDOW) return false;
    this.touch();
    this.push(bytes);
    return true;
  }

  ended(): void {
    this.#ended = true;
    this.push(null);
  }

  /** The other end knows nothing of it any more; what it had said to the end may still be read. */
  over(error: Error): void {
    this.#wire = null;
    if (!this.#ended) return void this.destroy(error);
    this.#pending?.done(error);
    this.#pending = null;
  }

  /** False where it is more than was asked for. */
  credited(bytes: number): boolean {
    this.#window += bytes;
    if (this.#window > WINDOW) return false;
    this.pump();
    return true;
  }

  /** Sends what waits, as far as window and wire let it. */
  pump(): void {
    const wire = this.#wire;
    if (!wire) return;
    while (this.#pending && this.#window > 0) {
      const { bytes, done } = this.#pending;
      const part = bytes.subarray(0, Math.min(this.#window, FRAME_MOST));
      if (!wire.data(this, part)) return;
      this.touch();
      this.#window -= part.length;
      if (part.length < bytes.length) this.#pending.bytes = bytes.subarray(part.length);
      else {
        this.#pending = null;
        done();
      }
    }
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (chunk.length === 0) return done();
    this.#pending = { bytes: chunk, done };
    this.pump();
  }

  override _final(done: () => void): void {
    this.#wire?.end(this);
    done();
  }

  override _read(): void {
    if (this.#owed < WINDOW / 4) return;
    this.#wire?.credit(this, this.#owed);
    this.#owed = 0;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#wire?.closed(this);
    this.#wire = null;
    done(error);
  }
}
