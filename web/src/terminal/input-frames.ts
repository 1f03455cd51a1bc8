// Turns what was typed or pasted into frames that the server takes.

import { MAX_FRAME_BYTES } from '../../../protocol/socket.ts';

/** Bytes in frames of at most MAX_FRAME_BYTES. A cut may fall within a character: the shell reads one stream. */
export function cutFrames(bytes: Uint8Array<ArrayBuffer>, longest = MAX_FRAME_BYTES): Uint8Array<ArrayBuffer>[] {
  const frames = [];
  for (let at = 0; at < bytes.length; at += longest) frames.push(bytes.subarray(at, at + longest));
  return frames;
}

/** Bytes that xterm.js hands over as one character each (mouse reports of old encodings are no UTF-8). */
export const binaryBytes = (data: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(data, (c) => c.charCodeAt(0) & 0xff);

/**
 * What the terminal gets for a command to run: the command and Return. Several lines go the way a paste does: as a
 * bracketed paste where the program asks for it, else line by line, unchanged.
 */
export function commandInput(command: string, bracketedPaste: boolean): string {
  const typed = command.replace(/\r?\n/g, '\r');
  if (!typed.includes('\r') || !bracketedPaste) return `${typed}\r`;
  // The end mark inside a paste would end it early.
  return `\x1b[200~${typed.replaceAll('\x1b', '')}\x1b[201~\r`;
}
