// Output on its way to a page: what came together leaves in one frame, from buffers that are used again.

import type { WebSocket } from 'ws';

const FRAME_BYTES = 64 * 1024;
/** Less than this is not worth a buffer of its own: an echo. */
const SMALL_BYTES = 4 * 1024;
const MAX_FREE = 4;

export class OutputFrames {
  readonly #socket: Pick<WebSocket, 'send'>;
  readonly #free: Buffer[] = [];
  #frame: Buffer | null = null;
  #length = 0;

  constructor(socket: Pick<WebSocket, 'send'>) {
    this.#socket = socket;
  }

  /** Copies the bytes; they leave at the next `flush()`, or when a frame is full. */
  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      this.#frame ??= this.#free.pop() ?? Buffer.allocUnsafeSlow(FRAME_BYTES);
      const copied = bytes.copy(this.#frame, this.#length, at);
      at += copied;
      this.#length += copied;
      if (this.#length === FRAME_BYTES) this.flush();
    }
  }

  flush(): void {
    const frame = this.#frame;
    if (!frame || this.#length === 0) return;
    const bytes = frame.subarray(0, this.#length);
    this.#length = 0;
    const options = { binary: true, compress: false };
    if (bytes.length <= SMALL_BYTES) return this.#socket.send(Buffer.from(bytes), options);
    this.#frame = null;
    // The socket may hold the frame until the page reads on.
    this.#socket.send(bytes, options, () => {
      if (this.#free.length < MAX_FREE) this.#free.push(frame);
    });
  }
}
