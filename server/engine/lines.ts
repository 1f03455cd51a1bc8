// The lines of a stream that may never end one.

import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const MAX_LENGTH = 64 * 1024;

/** One of more than 64 KiB is left out. Throws what the stream does. */
export async function* boundedLines(stream: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  for await (const chunk of stream) {
    const pieces = decoder.write(chunk as Buffer).split('\n');
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) {
        if (line.length <= MAX_LENGTH) yield line;
        line = '';
      }
      if (line.length <= MAX_LENGTH) line += piece;
    }
  }
  if (line.length > 0 && line.length <= MAX_LENGTH) yield line;
}
