// Images that a teacher adds: from each kind of tar, refused with words where the tar is wrong, and nothing left then.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AddOptions, addImage, removeImage } from './add-image.ts';
import { blobFile, familiarName, readAdded } from './added-index.ts';
import { configOf, LAYER, layoutTar, savedEntries, savedTar, type TarEntry, tarOf } from './test-tar.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'slipway-added-'));
});
afterEach(() => rm(dir, { recursive: true }));

function add(tar: Buffer, more: Partial<AddOptions> = {}) {
  const progress = () => {};
  const options = { dir, as: undefined, replace: false, capBytes: 2 ** 30, leastFreeBytes: 0, architecture: 'amd64' };
  return addImage(Readable.from([tar]), { ...options, progress, ...more });
}
const names = async () => (await readAdded(dir)).map(familiarName);
/** All that is in the folder but the list itself. */
const left = async () => {
  const blobs = await readdir(join(dir, 'blobs')).catch(() => []);
  return [...(await readdir(dir)).filter((name) => !['blobs', 'index.json'].includes(name)), ...blobs];
};

test('an image of docker save, plain or zipped, and one of an OCI layout', async () => {
  const image = await add(await savedTar());
  const [config, layer] = image.blobs;
  expect(gunzipSync(await readFile(blobFile(dir, layer?.digest ?? '')))).toEqual(LAYER);
  expect(await readFile(blobFile(dir, config?.digest ?? ''))).toEqual(configOf([LAYER]));
  expect(JSON.parse(await readFile(blobFile(dir, image.manifest.digest), 'utf8'))).toMatchObject({
    config: { digest: config?.digest },
    layers: [{ digest: layer?.digest, size: layer?.size }],
  });
  await add(gzipSync(await savedTar()), { as: 'alpine:ours' });
  await add(await layoutTar());
  expect(await names()).toEqual(['team/app:1', 'alpine:ours', 'team/layout:2']);
});

test('a layer that is linked, as older engines save equal ones', async () => {
  const twice = [{ Config: 'c.json', RepoTags: ['team/app:1'], Layers: ['one/layer.tar', 'two/layer.tar'] }];
  const entries = savedEntries({ manifest: twice, config: configOf([LAYER, LAYER]) });
  const link: TarEntry = [{ name: 'two/layer.tar', type: 'symlink', linkname: '../one/layer.tar' }];
  const { blobs } = await add(await tarOf([...entries, link]));
  expect(blobs[1]).toEqual(blobs[2]);
});

const save = (change: Parameters<typeof savedEntries>[0]) => () => savedTar(change);
const image = { Config: 'c.json', RepoTags: ['team/app:1'], Layers: ['one/layer.tar'] };
const withLink = (linkname: string, type: 'symlink' | 'link') => () => {
  const entries = savedEntries({ manifest: [{ ...image, Layers: ['leak'] }] });
  return tarOf([[{ name: 'leak', type, linkname }], ...entries]);
};
test.each<[string, () => Promise<Buffer>, RegExp]>([
  ['nothing', async () => Buffer.alloc(0), /no manifest.json/],
  ['no tar', async () => Buffer.from('{"an":"image"}'.repeat(100)), /cannot be read/],
  ['a tar of something else', () => tarOf([[{ name: 'readme' }, 'hello']]), /no manifest.json/],
  ['a tar that was cut', async () => (await savedTar()).subarray(0, 20_000), /cannot be read/],
  ['a zipped tar that was cut', async () => gzipSync(await savedTar()).subarray(0, 200), /cannot be read/],
  ['a list that is no JSON', save({ manifest: '[{' }), /no JSON/],
  ['a list of another shape', save({ manifest: [{ Config: 5 }] }), /not as it should be/],
  ['an empty list', save({ manifest: [] }), /has no image/],
  ['two images', save({ manifest: [image, image] }), /has 2 images/],
  ['a huge list', save({ manifest: ' '.repeat(5 * 2 ** 20) }), /too large/],
  ['a config of the host’s', save({ manifest: [{ ...image, Config: '/etc/passwd' }] }), /does not have it/],
  ['a layer outside', save({ manifest: [{ ...image, Layers: ['../../../etc/passwd'] }] }), /does not have it/],
  ['a symbolic link to the host', withLink('/etc/passwd', 'symlink'), /does not have it/],
  ['a hard link to the host', withLink('../../etc/passwd', 'link'), /does not have it/],
  ['a layer that the config does not know', save({ layer: Buffer.from('another') }), /not the one/],
  ['a broken zipped layer', save({ layer: gzipSync(LAYER).subarray(0, 60) }), /cannot be read/],
  ['a layer in zstd', save({ layer: Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]) }), /zstd/],
  ['fewer layers than the config tells', save({ config: configOf([LAYER, LAYER]) }), /tells of 2 layers/],
  ['a config without layers', save({ config: Buffer.from('{"os":"linux","architecture":"amd64"}') }), /config/],
  ['another system', save({ config: configOf([LAYER], { os: 'windows' }) }), /Linux/],
  ['no name', save({ manifest: [{ ...image, RepoTags: null }] }), /does not name/],
  ['two names', save({ manifest: [{ ...image, RepoTags: ['a:1', 'b:1'] }] }), /several names/],
  ['a name with a registry', save({ manifest: [{ ...image, RepoTags: ['reg.example.com/app:1'] }] }), /no name for it/],
  ['a learner’s name', save({ manifest: [{ ...image, RepoTags: ['learner/app:1'] }] }), /learner’s own/],
  ['too many files', () => tarOf(Array.from({ length: 2_001 }, (_, n): TarEntry => [{ name: `${n}` }])), /more than/],
])('%s is refused, and nothing is left', async (_what, make, words) => {
  await expect(add(await make())).rejects.toThrow(words);
  expect(await left()).toEqual([]);
  expect(await names()).toEqual([]);
});

test('a path that leads out is only a name', async () => {
  const outside = join(dir, '..', 'slipway-was-here');
  await add(await tarOf([[{ name: '../slipway-was-here' }, 'x'], [{ name: outside }, 'x'], ...savedEntries()]));
  expect(existsSync(outside)).toBe(false);
  expect(await names()).toEqual(['team/app:1']);
});

test('what is too large is refused: unpacked, and for all added images', async () => {
  await expect(add(await savedTar(), { leastFreeBytes: Number.MAX_SAFE_INTEGER })).rejects.toThrow(/takes more than/);
  await expect(add(await savedTar(), { capBytes: 50 })).rejects.toThrow(/may take/);
  expect(await left()).toEqual([]);
});

test('a name that is taken is said, and replaced only when told to', async () => {
  const first = await add(await savedTar());
  await expect(add(await savedTar())).rejects.toThrow('team/app:1 was added already.');
  for (const as of ['nginx:latest', 'library/registry:2'])
    await expect(add(await savedTar(), { as })).rejects.toThrow(/image of the course/);
  await expect(add(await savedTar(), { as: 'nginx:ours' })).resolves.toMatchObject({ repository: 'library/nginx' });
  const other = Buffer.from('another layer');
  const second = await add(await savedTar({ layer: other, config: configOf([other]) }), { replace: true });
  expect(second.manifest.digest).not.toBe(first.manifest.digest);
  expect(await names()).toEqual(['nginx:ours', 'team/app:1']);
});

test('removing leaves what another image has, and in the end nothing', async () => {
  await add(await savedTar());
  await add(await savedTar(), { as: 'team/twin:1' });
  await removeImage(dir, 'team/app:1');
  expect(await left()).toHaveLength(3);
  await expect(removeImage(dir, 'team/app:1')).rejects.toThrow('team/app:1 was not added.');
  await removeImage(dir, 'team/twin:1');
  expect(await left()).toEqual([]);
});

test('what a killed one left goes with the next, and one that works is not disturbed', async () => {
  await mkdir(join(dir, 'incoming-abc'));
  await mkdir(join(dir, 'blobs'));
  await writeFile(join(dir, 'blobs', 'f'.repeat(64)), 'of nobody');
  await writeFile(join(dir, 'lock'), '4194305');
  await add(await savedTar());
  expect(await left()).toHaveLength(3);
  await writeFile(join(dir, 'lock'), String(process.pid));
  await expect(removeImage(dir, 'team/app:1')).rejects.toThrow(/being added or removed/);
});
