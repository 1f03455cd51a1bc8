// Turns what was typed or pasted into frames that the server takes.

import { PAGE_FRAME_BYTES } from '../../../protocol/limits.ts';

/** Bytes in frames of at most PAGE_FRAME_BYTES. A cut may fall within a character: the shell reads one stream. */
export function cutFrames(bytes: Uint8Array<ArrayBuffer>, longest = PAGE_FRAME_BYTES): Uint8Array<ArrayBuffer>[] {
  const frames = [];
  for (let at = 0; at < bytes.length; at += longest) frames.push(bytes.subarray(at, at + longest));
  return frames;
}

/** Bytes that xterm.js hands over as one character each (mouse reports of old encodings are no UTF-8). */
export const binaryBytes = (data: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(data, (c) => c.charCodeAt(0) & 0xff);

/** To the end of the line, and all of it away: what was half typed is no part of the command. */
export const LINE_AWAY = '\x05\x15';

/**
 * What a shell's prompt gets for a command to run: the command and Return, in the place of what was half typed. Several lines go the way a paste does: as a
 * bracketed paste where the program asks for it, else line by line, unchanged.
 */
export function commandInput(command: string, bracketedPaste: boolean): string {
  const typed = command.replace(/\r?\n/g, '\r');
  if (!typed.includes('\r') || !bracketedPaste) return `${LINE_AWAY}${typed}\r`;
  // The end mark inside a paste would end it early.
  return `${LINE_AWAY}\x1b[200~${typed.replaceAll('\x1b', '')}\x1b[201~\r`;
}
