import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { digestOf, eachFolder, type LayerEntry, makeLayer, readEntries } from './layer.ts';

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

test('a hard link stands behind what it leads to, and loses the folders that its target loses', async () => {
  const { blob } = await makeLayer([
    entry('out/base/bin/ash', { type: 'link', linkname: 'out/base/bin/sh' }),
    entry('out/base/bin/sh', {}, 'x'),
  ]);
  const links = ({ header }: LayerEntry) => [header.name, header.linkname];
  expect((await readEntries(Readable.from([gunzipSync(blob)]))).map(links)).toEqual([
    ['base/bin/sh', null],
    ['base/bin/ash', 'base/bin/sh'],
  ]);
  const folders: unknown[] = [];
  await eachFolder(Readable.from([gunzipSync(blob)]), async (folder, entries) => {
    folders.push(folder, ...entries.map(links));
  });
  expect(folders).toEqual(['base', ['bin/sh', null], ['bin/ash', 'bin/sh']]);
});

async function foldersOf(names: string[]): Promise<[string, string[]][]> {
  const tar = pack();
  for (const name of names) name.endsWith('/') ? tar.entry({ name, type: 'directory' }) : tar.entry({ name }, name);
  tar.finalize();
  const found: [string, string[]][] = [];
  await eachFolder(Readable.from(tar), async (folder, entries) => {
    found.push([folder, entries.map(({ header }) => header.name)]);
  });
  return found;
}

test('entries are handed over by the folder under the exported one', async () => {
  const names = ['layers/', 'layers/libc/', 'layers/libc/lib/', 'layers/libc/lib/a', 'layers/nginx/', 'layers/nginx/b'];
  expect(await foldersOf(names)).toEqual([
    ['libc', ['lib', 'lib/a']],
    ['nginx', ['b']],
  ]);
  expect(await foldersOf(['layers/'])).toEqual([]);
});

test('a tar that comes back to a folder is an error', async () => {
  await expect(foldersOf(['l/libc/a', 'l/nginx/b', 'l/libc/c'])).rejects.toThrow('comes back to the folder libc');
});

test('a folder that cannot be taken ends the reading', async () => {
  const tar = pack();
  for (const name of ['l/a/x', 'l/b/x']) tar.entry({ name }, 'x');
  tar.finalize();
  const refusing = eachFolder(Readable.from(tar), async () => {
    throw new Error('no room');
  });
  await expect(refusing).rejects.toThrow('no room');
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
