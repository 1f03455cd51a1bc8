// Reads the text of a lesson's file; what is too large or no text is refused.

import { readFileSync, statSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import { LessonError } from './yaml.ts';

const MAX_FILE_BYTES = 256 * 1024;

/** Throws LessonError. */
export function readLessonFile(file: string): string {
  const bytes = readBytes(file);
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw new LessonError(file, lineOf(bytes, nul), 'is not text: it has a NUL byte');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new LessonError(file, firstBroken(bytes), 'is not text in UTF-8');
  }
}

function readBytes(file: string): Buffer {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) throw new LessonError(file, 1, 'is not a file');
    if (stat.size > MAX_FILE_BYTES) throw new LessonError(file, 1, 'is larger than 256 KiB');
    return readFileSync(file);
  } catch (error) {
    if (error instanceof LessonError) throw error;
    throw new LessonError(file, 1, `cannot be read: ${messageOf(error)}`);
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
