// A layer as a registry stores it: the same files always give the same bytes.

import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { extract, type Header, pack } from 'tar-stream';

/** On every file and image, so that a digest depends on nothing but what is in it. */
export const FIXED_TIME = new Date('2026-01-01T00:00:00Z');

export interface LayerEntry {
  header: Header;
  content: Buffer;
}

export interface Layer {
  /** Digest of the compressed tar. */
  digest: string;
  /** Bytes of the compressed tar. */
  size: number;
  /** Digest of the tar itself. */
  diffId: string;
}

export interface MadeLayer extends Layer {
  /** The compressed tar. */
  blob: Buffer;
}

export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** All entries of a tar, without the first folder of their path. Throws when the stream breaks off. */
export async function readEntries(tar: Readable): Promise<LayerEntry[]> {
  const found: LayerEntry[] = [];
  await eachEntry(tar, async (entry) => {
    found.push(entry);
  });
  return found;
}

/**
 * Hands over the entries by the second folder of their path, each folder when all of it has come; the path starts below it.
 * Holds one folder at a time. Throws when the stream breaks off or comes back to a folder.
 */
export async function eachFolder(
  tar: Readable,
  visit: (folder: string, entries: LayerEntry[]) => Promise<void>,
): Promise<void> {
  const seen = new Set<string>();
  let current: { folder: string; entries: LayerEntry[] } | null = null;
  await eachEntry(tar, async ({ header, content }) => {
    const [folder = '', name] = header.name.split(/\/(.*)/s);
    if (name === undefined) return;
    if (current?.folder !== folder) {
      if (seen.has(folder)) throw new Error(`the tar comes back to the folder ${folder}`);
      seen.add(folder);
      if (current) await visit(current.folder, current.entries);
      current = { folder, entries: [] };
    }
    const linkname = header.type === 'link' ? withoutFirstFolder(header.linkname ?? '') : header.linkname;
    current.entries.push({ header: { ...header, name, linkname }, content });
  });
  // The callback sets it, which the compiler does not follow.
  const last = current as { folder: string; entries: LayerEntry[] } | null;
  if (last) await visit(last.folder, last.entries);
}

async function eachEntry(tar: Readable, visit: (entry: LayerEntry) => Promise<void>): Promise<void> {
  const entries = extract();
  const read = async () => {
    for await (const entry of entries) {
      const content = await buffer(entry);
      const { header } = entry;
      const name = withoutFirstFolder(header.name).replace(/\/$/, '');
      const linkname = header.type === 'link' ? withoutFirstFolder(header.linkname ?? '') : header.linkname;
      if (name) await visit({ header: { ...header, name, linkname }, content });
    }
  };
  await Promise.all([pipeline(tar, entries), read()]);
}

function withoutFirstFolder(path: string): string {
  return path.replace(/^[^/]*\//, '');
}

/**
 * Packs entries sorted, hard links behind what they lead to, owned by root, with one fixed time, and without what a
 * checkout's umask adds.
 */
export async function makeLayer(entries: LayerEntry[]): Promise<MadeLayer> {
  const tar = pack();
  const bytes = buffer(tar);
  for (const { header, content } of [...entries].sort(inOrder)) {
    const { name, type, linkname } = header;
    const writable = type === 'directory' && (header.mode ?? 0) & 0o1000;
    const mode = writable ? 0o1777 : (header.mode ?? 0o644) & 0o755;
    const path = type === 'directory' ? `${name}/` : name;
    tar.entry({ name: path, type, linkname, mode, mtime: FIXED_TIME, uid: 0, gid: 0 }, content);
  }
  tar.finalize();
  const plain = await bytes;
  const blob = gzipSync(plain, { level: 9 });
  return { blob, digest: digestOf(blob), size: blob.length, diffId: digestOf(plain) };
}

function inOrder({ header: a }: LayerEntry, { header: b }: LayerEntry): number {
  if ((a.type === 'link') !== (b.type === 'link')) return a.type === 'link' ? 1 : -1;
  return a.name < b.name ? -1 : 1;
}
