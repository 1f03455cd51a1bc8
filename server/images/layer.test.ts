import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { byFolder, digestOf, type LayerEntry, makeLayer, readEntries } from './layer.ts';

const entry = (name: string, more: Partial<Header> = {}, text = ''): LayerEntry => ({
  header: { name, type: 'file', mode: 0o644, ...more } as Header,
  content: Buffer.from(text),
});

test('order, time, owner and group bits of the input do not change a layer', async () => {
  const one = await makeLayer([entry('a', {}, 'x'), entry('b', { mode: 0o755 })]);
  const two = await makeLayer([
    entry('b', { mode: 0o775, mtime: new Date(), uid: 7 }),
    entry('a', { mode: 0o664, gid: 9 }, 'x'),
  ]);
  expect(two.digest).toBe(one.digest);
  expect(two.diffId).toBe(one.diffId);
});

test('both digests are those of the bytes', async () => {
  const layer = await makeLayer([entry('a', {}, 'x')]);
  expect(digestOf(layer.blob)).toBe(layer.digest);
  expect(digestOf(gunzipSync(layer.blob))).toBe(layer.diffId);
});

test('links and the sticky bit of a folder survive', async () => {
  const { blob } = await makeLayer([
    entry('tmp', { type: 'directory', mode: 0o1777 }),
    entry('tmp/sh', { type: 'symlink', linkname: '/bin/busybox' }),
  ]);
  const read = await readEntries(Readable.from([gunzipSync(blob)]));
  expect(read.map(({ header }) => [header.name, header.type, header.mode, header.linkname])).toEqual([
    ['sh', 'symlink', 0o644, '/bin/busybox'],
  ]);
});

test('entries are grouped by the folder under the exported one', async () => {
  const tar = pack();
  for (const name of ['layers/libc/lib/a', 'layers/nginx/b']) tar.entry({ name }, name);
  tar.entry({ name: 'layers/libc/', type: 'directory' });
  tar.finalize();
  const groups = byFolder(await readEntries(Readable.from(tar)));
  expect([...groups].map(([folder, entries]) => [folder, entries.map(({ header }) => header.name)])).toEqual([
    ['libc', ['lib/a']],
    ['nginx', ['b']],
  ]);
});

test('a tar that breaks off is an error', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.alloc(512, 'x');
      throw new Error('gone');
    })(),
  );
  await expect(readEntries(broken)).rejects.toThrow();
});
