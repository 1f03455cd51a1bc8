// The hash that names an image after everything it is made from, so that nothing is built twice.

import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** 12 hex digits over the folder's file names, executable bits and contents, and over `inputs`. Throws when the folder is missing. */
export async function hashContext(dir: string, inputs: Record<string, string>): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(inputs).sort()) hash.update(`input ${name}=${value}\0`);
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    const content = await readFile(file);
    // Only the owner's bits: the rest is the checkout's umask, and is normalised in the build as well.
    const mode = ((await stat(file)).mode & 0o700).toString(8);
    hash.update(`file ${relative(dir, file)} ${mode} ${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

/** 12 hex digits over a value that JSON can hold. */
export function hashValue(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
