// Output on its way to a page: what came together leaves in one frame, at once while the page keeps up; what a slow page
// has not been given yet is gathered into full frames, so that what waits for it takes no more memory than its bytes.
//
// The frames are made here and not by ws, whose general way costs an echo as much as all else in this process:
// https://www.rfc-editor.org/rfc/rfc6455#section-5.2. Both write to the same connection, each frame whole and at once.

import type { Duplex } from 'node:stream';

const BUFFER_BYTES = 64 * 1024;
const MOST_HEAD = 4;
const MOST_BYTES = BUFFER_BYTES - MOST_HEAD;
const WHOLE_BINARY = 0x82;
const SHORT = 125;
const LENGTH_IN_16_BITS = 126;
/** Less than this is not worth a buffer of its own: an echo. */
const SMALL_BYTES = 4 * 1024;
/** Frames that the network has not taken: then the page is slow. */
const MANY_SENT = 2;
/** Buffers to use again, for all pages. */
const FREE: Buffer[] = [];
const MAX_FREE = 8;

export class OutputFrames {
  readonly #connection: Pick<Duplex, 'write'>;
  /** A head's room, then the bytes. */
  #buffer: Buffer | null = null;
  #length = 0;
  #sent = 0;

  /** The connection that a WebSocket without extensions was opened on. */
  constructor(connection: Pick<Duplex, 'write'>) {
    this.#connection = connection;
  }

  /** Copies the bytes; they leave at a `flush()`, or when a frame is full. */
  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      this.#buffer ??= FREE.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
      const copied = bytes.copy(this.#buffer, MOST_HEAD + this.#length, at);
      at += copied;
      this.#length += copied;
      if (this.#length === MOST_BYTES) this.#send();
    }
  }

  /** To a slow page nothing leaves before a frame is full or the network has taken one: it has enough to read. */
  flush(): void {
    if (this.#length > 0 && this.#sent < MANY_SENT) this.#send();
  }

  /** Before a message that must come after this output. */
  flushAll(): void {
    if (this.#length > 0) this.#send();
  }

  /** Forgets what has not left. */
  clear(): void {
    this.#length = 0;
  }

  #send(): void {
    const buffer = this.#buffer;
    if (!buffer) return;
    const frame = buffer.subarray(writeHead(buffer, this.#length), MOST_HEAD + this.#length);
    this.#length = 0;
    this.#sent += 1;
    if (frame.length <= SMALL_BYTES) return void this.#connection.write(Buffer.from(frame), this.#taken);
    this.#buffer = null;
    // The connection may hold the frame until the page reads on.
    this.#connection.write(frame, () => {
      if (FREE.length < MAX_FREE) FREE.push(buffer);
      this.#taken();
    });
  }

  readonly #taken = (): void => {
    this.#sent -= 1;
    this.flush();
  };
}

/** Writes a frame's head before its bytes and answers where it begins. */
function writeHead(buffer: Buffer, length: number): number {
  const start = length <= SHORT ? 2 : 0;
  buffer[start] = WHOLE_BINARY;
  buffer[start + 1] = length <= SHORT ? length : LENGTH_IN_16_BITS;
  if (length > SHORT) buffer.writeUInt16BE(length, 2);
  return start;
}
