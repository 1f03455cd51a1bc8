// The list of images that whoever runs this server added: one file, replaced as a whole, and their blobs beside it.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, SlipwayError, systemCode } from '../errors.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const blobSchema = z.object({ digest, size: z.int().nonnegative() });
const addedImageSchema = z.object({
  /** With `library/` where it has no namespace. */
  repository: z.string(),
  tag: z.string(),
  manifest: blobSchema.extend({ mediaType: z.string() }),
  /** Its config and layers. */
  blobs: z.array(blobSchema),
  addedMs: z.number(),
});
const indexSchema = z.object({ version: z.literal(1), images: z.array(addedImageSchema) });

export type AddedImage = z.infer<typeof addedImageSchema>;

/** In the order in which they were added; none where there is no list yet. Throws SlipwayError `added-images`. */
export async function readAdded(dir: string): Promise<AddedImage[]> {
  const file = join(dir, 'index.json');
  let written: string;
  try {
    written = await readFile(file, 'utf8');
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return [];
    throw unreadable(file, cause);
  }
  try {
    return indexSchema.parse(JSON.parse(written)).images;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** A reader sees the old list or the new one. */
export async function writeAdded(dir: string, images: readonly AddedImage[]): Promise<void> {
  const file = join(dir, 'index.json');
  await writeFile(`${file}.new`, JSON.stringify({ version: 1, images }, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export function blobFile(dir: string, blob: string): string {
  return join(dir, 'blobs', blob.replace(/^sha256:/, ''));
}

/** What they take on disk; a blob of two images counts once. */
export function addedBytes(images: readonly AddedImage[]): number {
  const sizes = new Map(
    images.flatMap(({ manifest, blobs }) => [manifest, ...blobs].map((one) => [one.digest, one.size])),
  );
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** As learners write it: `nginx:1.27`. */
export function familiarName({ repository, tag }: Pick<AddedImage, 'repository' | 'tag'>): string {
  return `${repository.replace(/^library\//, '')}:${tag}`;
}

function unreadable(file: string, cause: unknown): SlipwayError {
  return new SlipwayError('added-images', `the list of added images ${file} cannot be read: ${messageOf(cause)}`, {
    next: 'Bring it back from a backup, or remove it and add the images again.',
    cause,
  });
}
