// Reads an image out of a tar of `docker save`, or of an OCI layout. Its paths are only names: nothing is opened by them.

import { createWriteStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { messageOf, SlipwayError } from '../errors.ts';

const MAX_ENTRIES = 2_000;
/** Of a list of images or a config; real ones have some KiB. */
const MAX_DOCUMENT_BYTES = 4 * 2 ** 20;
const MAX_LAYERS = 500;
const path = z.string().min(1).max(1024);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const savedSchema = z.array(
  z.object({ Config: path, RepoTags: z.array(z.string().max(600)).nullish(), Layers: z.array(path).max(MAX_LAYERS) }),
);
const descriptor = z.object({
  mediaType: z.string().default(''),
  digest,
  annotations: z.record(z.string(), z.string()).optional(),
  platform: z.object({ architecture: z.string(), os: z.string() }).optional(),
});
const indexSchema = z.object({ manifests: z.array(descriptor).min(1).max(1000) });
const manifestSchema = z.object({ config: descriptor, layers: z.array(descriptor).max(MAX_LAYERS) });

/** An image in a tar whose files are staged. */
export interface TarImage {
  /** As the tar names it; may be none. */
  names: string[];
  config: Buffer;
  /** Files of its layers, the lowest first, each plain or compressed. */
  layers: string[];
}

interface Staged {
  file: string;
  size: number;
}

/** Throws SlipwayError `bad-image`. Files come into `dir` under names of their own; `maxBytes` of them at most. */
export async function readImageTar(
  tar: Readable,
  dir: string,
  { maxBytes, architecture, onBytes }: { maxBytes: number; architecture: string; onBytes?: (bytes: number) => void },
): Promise<TarImage> {
  const found = await stage(tar, dir, maxBytes, onBytes);
  const saved = found.get('manifest.json');
  if (saved) return savedImage(await document(saved, savedSchema, 'manifest.json'), found);
  if (found.has('index.json')) return layoutImage(found, architecture);
  throw bad('The tar has no manifest.json and no index.json, so it is no image of `docker save` and no OCI layout.');
}

/** Every file under a number, and what the tar calls it; a link is one more name. */
async function stage(
  tar: Readable,
  dir: string,
  maxBytes: number,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<Map<string, Staged>> {
  const files = new Map<string, Staged>();
  const links = new Map<string, string>();
  let bytes = 0;
  let entries = 0;
  const unpacked = extract();
  const read = async () => {
    for await (const entry of unpacked) {
      entries += 1;
      if (entries > MAX_ENTRIES) throw bad(`The tar has more than ${MAX_ENTRIES} files.`);
      const { name, type, linkname, size = 0 } = entry.header;
      const named = posix.normalize(name);
      if (type === 'symlink') links.set(named, posix.normalize(posix.join(posix.dirname(named), linkname ?? '')));
      else if (type === 'link') links.set(named, posix.normalize(linkname ?? ''));
      if (type !== 'file' && type !== 'contiguous-file') {
        entry.resume();
        continue;
      }
      bytes += size;
      if (bytes > maxBytes)
        throw new SlipwayError('image-too-large', `The image takes more than ${mib(maxBytes)} MiB unpacked.`, {
          next: 'Give the practice Docker Hub more with --hub-cap-mb, or free some disk.',
        });
      const file = join(dir, String(entries));
      await pipeline(Readable.from(entry), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      files.set(named, { file, size });
      onBytes?.(bytes);
    }
  };
  // Both end before anything is told: what is still being written cannot be removed.
  const ended = await Promise.allSettled([read(), unzipped(tar).then((plain) => pipeline(plain, unpacked))]);
  const causes = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const own = causes.find((cause) => cause instanceof SlipwayError);
  if (own) throw own;
  if (causes.length > 0) throw bad(`The tar cannot be read: ${messageOf(causes.at(-1))}.`, causes.at(-1));
  for (const [name, target] of links) {
    const file = files.get(target);
    if (file) files.set(name, file);
  }
  return files;
}

/** A tar may come compressed, as `docker save | gzip` makes it. */
async function unzipped(tar: Readable): Promise<Readable> {
  const chunks = tar[Symbol.asyncIterator]();
  const { value, done } = await chunks.next();
  const first: Buffer = done ? Buffer.alloc(0) : value;
  const all = Readable.from(
    (async function* () {
      yield first;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })(),
    { objectMode: false },
  );
  if (!isGzip(first)) return all;
  const plain = createGunzip();
  // What goes wrong is told by `plain`.
  pipeline(all, plain).catch(() => {});
  return plain;
}

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function savedImage(images: z.infer<typeof savedSchema>, found: Map<string, Staged>): Promise<TarImage> {
  const [image, more] = images;
  if (!image) throw bad('The tar has no image.');
  if (more) throw bad(`The tar has ${images.length} images; save one at a time.`);
  return {
    names: image.RepoTags ?? [],
    config: await bytesOf(found, image.Config),
    layers: image.Layers.map((layer) => fileOf(found, layer).file),
  };
}

async function layoutImage(found: Map<string, Staged>, architecture: string): Promise<TarImage> {
  const { manifests } = await document(fileOf(found, 'index.json'), indexSchema, 'index.json');
  const [top, more] = manifests;
  if (!top || more) throw bad(`The OCI layout has ${manifests.length} images; copy one at a time.`);
  const named = top.annotations?.['io.containerd.image.name'] ?? top.annotations?.['org.opencontainers.image.ref.name'];
  const chosen = await platformOf(top, found, architecture);
  const { config, layers } = await document(fileOf(found, blob(chosen)), manifestSchema, 'the manifest');
  return {
    names: named?.includes(':') || named?.includes('/') ? [named] : [],
    config: await bytesOf(found, blob(config.digest)),
    layers: layers.map((layer) => fileOf(found, blob(layer.digest)).file),
  };
}

async function platformOf(
  top: z.infer<typeof descriptor>,
  found: Map<string, Staged>,
  architecture: string,
): Promise<string> {
  if (!/index|list/.test(top.mediaType)) return top.digest;
  const { manifests } = await document(fileOf(found, blob(top.digest)), indexSchema, 'the list of platforms');
  const own = manifests.find(
    ({ platform, digest }) => platform?.architecture === architecture && found.has(blob(digest)),
  );
  if (own) return own.digest;
  throw bad(`The OCI layout has no image for ${architecture}.`);
}

const blob = (named: string) => `blobs/${named.replace(':', '/')}`;

function fileOf(found: Map<string, Staged>, name: string): Staged {
  const file = found.get(posix.normalize(name));
  if (file) return file;
  throw bad(`The tar names ${JSON.stringify(name.slice(0, 120))} and does not have it.`);
}

async function bytesOf(found: Map<string, Staged>, name: string): Promise<Buffer> {
  const { file, size } = fileOf(found, name);
  if (size > MAX_DOCUMENT_BYTES) throw bad(`${JSON.stringify(name.slice(0, 120))} is too large.`);
  return readFile(file);
}

async function document<T>({ file, size }: Staged, schema: z.ZodType<T>, named: string): Promise<T> {
  if (size > MAX_DOCUMENT_BYTES) throw bad(`${named} is too large.`);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw bad(`${named} in the tar is no JSON.`, cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(`${named} in the tar is not as it should be: ${issue?.path.join('.')} ${issue?.message}.`);
}

/** The first bytes of a file. */
export async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export function bad(message: string, cause?: unknown): SlipwayError {
  return new SlipwayError('bad-image', message, {
    next: 'Make the tar with `docker save IMAGE -o app.tar`. Nothing was added.',
    cause,
  });
}

const mib = (bytes: number) => Math.floor(bytes / 2 ** 20);
