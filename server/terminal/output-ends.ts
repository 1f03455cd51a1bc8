// The first and the last 32 KiB of a command's output, in memory of a fixed size: an error stands at the end.

const HALF_BYTES = 32 * 1024;

export class OutputEnds {
  #head: Buffer[] = [];
  #headBytes = 0;
  /** Written round and round; made when the head is full. */
  #ring: Buffer | null = null;
  #ringBytes = 0;

  /** Copies what it keeps. */
  push(bytes: Buffer): void {
    const room = HALF_BYTES - this.#headBytes;
    if (room > 0 && bytes.length > 0) {
      const part = Buffer.from(bytes.subarray(0, room));
      this.#head.push(part);
      this.#headBytes += part.length;
    }
    if (bytes.length > room) this.#pushRing(bytes.subarray(room));
  }

  bytes(): Buffer {
    const ring = this.#ring;
    if (!ring) return Buffer.concat(this.#head);
    const at = this.#ringBytes % HALF_BYTES;
    const tail =
      this.#ringBytes <= HALF_BYTES ? [ring.subarray(0, this.#ringBytes)] : [ring.subarray(at), ring.subarray(0, at)];
    return Buffer.concat([...this.#head, ...tail]);
  }

  #pushRing(bytes: Buffer): void {
    const ring = (this.#ring ??= Buffer.alloc(HALF_BYTES));
    const last = bytes.subarray(-HALF_BYTES);
    const skipped = bytes.length - last.length;
    const at = (this.#ringBytes + skipped) % HALF_BYTES;
    const copied = last.copy(ring, at);
    last.copy(ring, 0, copied);
    this.#ringBytes += bytes.length;
  }
}
