// The screen of a terminal at one of its bytes, as a file beside its sandbox: it outlives the server, as the holder does.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { PICTURE_BYTES, ScreenState } from './screen-state.ts';

const cells = z.int().min(1).max(2000);
const keptSchema = z.object({
  /** Which holder's byte numbers these are. */
  terminal: z.string(),
  /** What was printed before this byte is in the picture. */
  byte: z.int().nonnegative(),
  cols: cells,
  rows: cells,
  picture: z.string(),
});
export type KeptScreen = z.infer<typeof keptSchema>;

/** Null where none is kept, or none that can be read. */
export async function readKept(file: string): Promise<KeptScreen | null> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** In one move: a reader finds the old one or the new one. */
export async function writeKept(file: string, kept: KeptScreen): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The bytes that bring a fresh terminal of this size to what was kept. */
export async function pictureFor(
  kept: KeptScreen,
  size: { cols: number; rows: number },
  nonce: string,
): Promise<Buffer> {
  if (kept.cols === size.cols && kept.rows === size.rows) return Buffer.from(kept.picture);
  const state = new ScreenState(kept, nonce);
  try {
    await state.write(kept.picture);
    state.resize(size.cols, size.rows);
    return Buffer.from(state.boundedPicture(PICTURE_BYTES));
  } finally {
    state.dispose();
  }
}
