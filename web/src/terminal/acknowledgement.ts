// Gives the server credit for output that xterm.js has parsed, on one socket.
//
// Flow control, end to end: the server stops reading the shell's pty while more than WINDOW_BYTES (512 KiB) are in
// flight, so a program that prints without end is paused by its own pty and not by a growing heap. xterm.js takes bytes
// at once and parses them later, hence only its write callback says that bytes are done; received is not parsed.
// 512 KiB is a tenth of a second of parsing and two orders below the 50 MB at which xterm.js throws data away. Bytes are
// reported each ACK_BYTES (64 KiB) and up to 64 KiB stay unreported for good, so the window is at least 448 KiB: wide
// enough for a fast program over a slow line, and a Ctrl+C is seen after less than a megabyte of output
// (docs/performance.md).

import { ACK_BYTES } from '../../../protocol/limits.ts';

export class Acknowledgement {
  private parsed = 0;
  private readonly send: (bytes: number) => void;

  constructor(send: (bytes: number) => void) {
    this.send = send;
  }

  add(bytes: number): void {
    this.parsed += bytes;
    if (this.parsed < ACK_BYTES) return;
    this.send(this.parsed);
    this.parsed = 0;
  }
}
