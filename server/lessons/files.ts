// Reads the text of a lesson's file; what is too large, no text, or a link out of the lessons' folder is refused.

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { messageOf } from '../errors.ts';
import { LessonError } from './yaml.ts';

const MAX_FILE_BYTES = 256 * 1024;

/** `dir` is the folder of lessons that the file must be in, also where a link leads. Throws LessonError. */
export function readLessonFile(file: string, dir: string): string {
  const bytes = readBytes(file, dir);
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw new LessonError(file, lineOf(bytes, nul), 'is not text: it has a NUL byte');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new LessonError(file, firstBroken(bytes), 'is not text in UTF-8');
  }
}

function readBytes(file: string, dir: string): Buffer {
  try {
    const place = realpathSync(file);
    if (!place.startsWith(`${realpathSync(dir)}${sep}`))
      throw new LessonError(file, 1, 'is a link that leads out of the folder of lessons');
    const stat = statSync(place);
    if (!stat.isFile()) throw new LessonError(file, 1, 'is not a file');
    if (stat.size > MAX_FILE_BYTES) throw new LessonError(file, 1, 'is larger than 256 KiB');
    return readFileSync(place);
  } catch (error) {
    if (error instanceof LessonError) throw error;
    // The file is named already; where a link leads is nobody's business.
    const [why = ''] = messageOf(error).split(/, \w+ '/);
    throw new LessonError(file, 1, `cannot be read: ${why}`);
  }
}

/** The line of the first bytes that are not UTF-8. */
function firstBroken(bytes: Buffer): number {
  const written = bytes.toString('utf8');
  return lineOf(Buffer.from(written.slice(0, written.indexOf('\ufffd'))), Number.POSITIVE_INFINITY);
}

function lineOf(bytes: Buffer, offset: number): number {
  return bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1;
}
