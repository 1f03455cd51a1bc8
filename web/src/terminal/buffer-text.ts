// Text as the terminal shows it: lines that only the edge broke are one line again.

import type { IBuffer } from '@xterm/xterm';

/** A row, and the column before which the text ends there. */
export type TextEnd = { row: number; column: number };

/** From the start of a row to an end; without one, to the end of all that there is. */
export function bufferText(buffer: IBuffer, from: number, end: TextEnd = { row: buffer.length, column: 0 }): string {
  let text = '';
  for (let row = from; row <= end.row && row < buffer.length; row += 1) {
    if (row === end.row && end.column === 0) break;
    const goesOn = buffer.getLine(row + 1)?.isWrapped === true && row < end.row;
    const column = row === end.row ? end.column : undefined;
    text += buffer.getLine(row)?.translateToString(!goesOn, 0, column) ?? '';
    if (!goesOn) text += '\n';
  }
  return text.replace(/\s+$/, '');
}
