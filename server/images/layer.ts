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
  /** The compressed tar. */
  blob: Buffer;
  /** Digest of `blob`. */
  digest: string;
  /** Digest of the tar itself. */
  diffId: string;
}

export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** All entries of a tar, without the first folder of their path. Throws when the stream breaks off. */
export async function readEntries(tar: Readable): Promise<LayerEntry[]> {
  const found: LayerEntry[] = [];
  const entries = extract();
  const collect = async () => {
    for await (const entry of entries) {
      const content = await buffer(entry);
      const name = entry.header.name.replace(/^[^/]*\/|\/$/g, '');
      if (name !== '') found.push({ header: { ...entry.header, name }, content });
    }
  };
  await Promise.all([pipeline(tar, entries), collect()]);
  return found;
}

/** The entries by the first folder of their path, which is taken off. */
export function byFolder(entries: LayerEntry[]): Map<string, LayerEntry[]> {
  const inFolder = entries.filter((entry) => entry.header.name.includes('/'));
  const groups = Map.groupBy(inFolder, ({ header }) => header.name.slice(0, header.name.indexOf('/')));
  for (const [folder, group] of groups) {
    const named = group.map(({ header, content }) => ({
      header: { ...header, name: header.name.slice(folder.length + 1) },
      content,
    }));
    groups.set(folder, named);
  }
  return groups;
}

/** Packs entries sorted, owned by root, with one fixed time, and without what a checkout's umask adds. */
export async function makeLayer(entries: LayerEntry[]): Promise<Layer> {
  const tar = pack();
  const bytes = buffer(tar);
  for (const { header, content } of [...entries].sort((a, b) => (a.header.name < b.header.name ? -1 : 1))) {
    const { name, type, linkname } = header;
    const writable = type === 'directory' && (header.mode ?? 0) & 0o1000;
    const mode = writable ? 0o1777 : (header.mode ?? 0o644) & 0o755;
    const path = type === 'directory' ? `${name}/` : name;
    tar.entry({ name: path, type, linkname, mode, mtime: FIXED_TIME, uid: 0, gid: 0 }, content);
  }
  tar.finalize();
  const plain = await bytes;
  const blob = gzipSync(plain, { level: 9 });
  return { blob, digest: digestOf(blob), diffId: digestOf(plain) };
}
