// Counts the shell's output: which terminal the screen shows, up to which byte, and which arriving bytes are old.

import type { ServerMessage } from '../../../protocol/socket.ts';

type Attached = Extract<ServerMessage, { type: 'terminal' }>;
/** Output in the order of its bytes. `old` was written before this attachment. */
export type Output = { bytes: Uint8Array; old: boolean };

export class OutputPosition {
  private id: string | null = null;
  /** Number of the byte that the server sends next. */
  private arriving = 0;
  /** Number of the first byte that the screen has not been given. */
  private shown = 0;
  private live = 0;
  /** Bytes to come that have no number: the picture of the screen before `arriving`. */
  private picture = 0;

  /** What the screen has, for `hello`; null where it has nothing. */
  resumeFrom(): { id: string; from: number } | null {
    return this.id === null ? null : { id: this.id, from: this.shown };
  }

  /** Takes an attachment; `clear` where the screen shows something that the coming bytes do not continue. */
  attach({ id, start, live, picture }: Attached): { clear: boolean } {
    const continues = id === this.id && picture === undefined;
    const clear = this.id !== null && !continues;
    this.id = id;
    this.arriving = start;
    this.shown = continues ? Math.max(start, this.shown) : start;
    this.picture = picture ?? 0;
    this.live = live ?? start;
    return { clear };
  }

  /** Takes a frame of output and returns what of it is new to the screen. */
  take(received: Uint8Array): Output[] {
    const drawn = received.subarray(0, this.picture);
    const frame = received.subarray(drawn.length);
    this.picture -= drawn.length;
    const start = this.arriving;
    const end = start + frame.length;
    this.arriving = end;
    const from = Math.max(start, this.shown);
    this.shown = Math.max(end, this.shown);
    const border = Math.min(end, Math.max(from, this.live));
    const old = frame.subarray(from - start, border - start);
    const fresh = frame.subarray(border - start);
    return [
      { bytes: drawn, old: true },
      { bytes: old, old: true },
      { bytes: fresh, old: false },
    ].filter(({ bytes }) => bytes.length > 0);
  }

  /** Bytes that the server will not send. */
  skip(missed: number): void {
    this.arriving += missed;
    this.shown = Math.max(this.shown, this.arriving);
  }
}
