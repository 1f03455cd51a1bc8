// Output on its way to a page: what came together leaves in one frame, at once while the page keeps up; what a slow page
// has not been given yet is gathered into full frames, so that what waits for it takes no more memory than its bytes.

import type { WebSocket } from 'ws';

const FRAME_BYTES = 64 * 1024;
/** Less than this is not worth a buffer of its own: an echo. */
const SMALL_BYTES = 4 * 1024;
/** Frames that the network has not taken: then the page is slow. */
const MANY_SENT = 2;
/** Buffers to use again, for all pages. */
const FREE: Buffer[] = [];
const MAX_FREE = 8;

export class OutputFrames {
  readonly #socket: Pick<WebSocket, 'send'>;
  #frame: Buffer | null = null;
  #length = 0;
  #sent = 0;

  constructor(socket: Pick<WebSocket, 'send'>) {
    this.#socket = socket;
  }

  /** Copies the bytes; they leave at a `flush()`, or when a frame is full. */
  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      this.#frame ??= FREE.pop() ?? Buffer.allocUnsafeSlow(FRAME_BYTES);
      const copied = bytes.copy(this.#frame, this.#length, at);
      at += copied;
      this.#length += copied;
      if (this.#length === FRAME_BYTES) this.#send();
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

  #send(): void {
    const frame = this.#frame;
    if (!frame) return;
    const bytes = frame.subarray(0, this.#length);
    const options = { binary: true, compress: false };
    this.#length = 0;
    this.#sent += 1;
    if (bytes.length <= SMALL_BYTES) return this.#socket.send(Buffer.from(bytes), options, () => this.#taken());
    this.#frame = null;
    // The socket may hold the frame until the page reads on.
    this.#socket.send(bytes, options, () => {
      if (FREE.length < MAX_FREE) FREE.push(frame);
      this.#taken();
    });
  }

  #taken(): void {
    this.#sent -= 1;
    this.flush();
  }
}
