// Added images through a learner's door: there at once, before the store's own, and gone when removed.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addImage, removeImage } from '../images/add-image.ts';
import { savedTar } from '../images/test-tar.ts';
import { AddedImages } from './added-images.ts';
import { HubFigures } from './figures.ts';
import { codeOf, openTestFront, type TestFront } from './test-front.ts';

let front: TestFront;
let figures: HubFigures;
const problems: unknown[] = [];
const dirOf = () => join(front.dir, 'images');

async function open(cache?: { allow: string[] }) {
  figures = new HubFigures();
  front = await openTestFront(
    ({ url = '' }, answer) => {
      if (url === '/v2/library/nginx/tags/list') answer.end('{"tags":["latest"]}');
      else if (url === '/v2/library/nginx/manifests/latest') answer.end('the store’s');
      else answer.writeHead(404).end('{}');
    },
    (_incoming, answer) => answer.writeHead(404).end(),
    cache && { ...cache, capBytes: 1e9, contents: async () => ({ bytes: 0, keys: new Set<string>() }) },
    (dir) => ({ figures, added: new AddedImages(join(dir, 'images'), (problem) => problems.push(problem)) }),
  );
}
beforeEach(() => open());
afterEach(() => front[Symbol.asyncDispose]());

async function add(as: string) {
  const rest = { replace: false, capBytes: 1e9, leastFreeBytes: 0, architecture: 'amd64', progress: () => {} };
  return addImage(Readable.from([await savedTar()]), { dir: dirOf(), as, ...rest });
}
async function read(repository: string, thing: string, headers: Record<string, string> = {}, method = 'GET') {
  const token = await front.token(`repository:${repository}:pull`);
  return front.ask(method, `/v2/${repository}/${thing}`, { token, headers });
}

test('it is pulled and found at once, and unknown when it is removed', async () => {
  expect(codeOf(await read('team/app', 'manifests/1'))).toBe('DENIED');
  const { manifest, blobs } = await add('team/app:1');
  const got = await read('team/app', 'manifests/1');
  expect(got).toMatchObject({
    status: 200,
    headers: { 'content-type': manifest.mediaType, 'docker-content-digest': manifest.digest },
  });
  expect((await read('team/app', `manifests/${manifest.digest}`)).body).toBe(got.body);
  expect(await read('team/app', 'manifests/1', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  for (const { digest, size } of blobs)
    expect((await read('team/app', `blobs/${digest}`)).headers['content-length']).toBe(String(size));
  expect(codeOf(await read('team/app', 'manifests/2'))).toBe('MANIFEST_UNKNOWN');
  expect(JSON.parse((await front.ask('GET', '/v1/search?q=team')).body).results).toMatchObject([{ name: 'team/app' }]);
  await removeImage(dirOf(), 'team/app:1');
  expect(codeOf(await read('team/app', 'manifests/1'))).toBe('DENIED');
  expect(JSON.parse((await front.ask('GET', '/v1/search?q=team')).body).results).toEqual([]);
});

test('a download that broke off goes on where it was', async () => {
  const { blobs } = await add('team/app:1');
  const layer = blobs[1]?.digest;
  const whole = await read('team/app', `blobs/${layer}`, {});
  const rest = await read('team/app', `blobs/${layer}`, { range: 'bytes=10-' });
  const size = blobs[1]?.size ?? 0;
  expect(rest).toMatchObject({ status: 206, headers: { 'content-range': `bytes 10-${size - 1}/${size}` } });
  expect(Number(rest.headers['content-length'])).toBe(Number(whole.headers['content-length']) - 10);
});

test('a tag beside those of the store, whose own stay', async () => {
  await add('nginx:ours');
  expect((await read('library/nginx', 'manifests/latest')).body).toBe('the store’s');
  expect(JSON.parse((await read('library/nginx', 'tags/list')).body).tags).toEqual(['ours', 'latest']);
  expect((await read('library/nginx', 'manifests/ours')).status).toBe(200);
});

test('online it needs no place on the list, and nothing of its name is asked of upstream', async () => {
  await front[Symbol.asyncDispose]();
  await open({ allow: ['nginx'] });
  await add('team/app:1');
  expect((await read('team/app', 'manifests/1')).status).toBe(200);
  expect(codeOf(await read('team/app', 'manifests/2'))).toBe('MANIFEST_UNKNOWN');
  expect(codeOf(await read('team/other', 'manifests/1'))).toBe('DENIED');
  expect(front.asked).toEqual([]);
});

test('what is served is counted by image, and no name of a learner’s making', async () => {
  await add('team/app:1');
  await read('team/app', 'manifests/1');
  await read('library/nginx', 'manifests/latest');
  await read('library/nginx', 'manifests/9');
  // Counted when all of an answer has gone, which its reader may know first.
  await expect
    .poll(() => figures.counts().requests, { timeout: 10_000 })
    .toEqual({ 'team/app': { hit: 1 }, nginx: { hit: 1, unknown: 1 } });
  const { servedBytes, fetchedBytes } = figures.counts();
  expect(servedBytes).toBeGreaterThan(300);
  expect(fetchedBytes).toBe(0);
});

test('a broken list serves nothing of it, and is told', async () => {
  await add('team/app:1');
  await writeFile(join(dirOf(), 'index.json'), '{"images":');
  problems.length = 0;
  expect(codeOf(await read('team/app', 'manifests/1'))).toBe('DENIED');
  expect((await read('library/nginx', 'manifests/latest')).body).toBe('the store’s');
  expect(problems.length).toBeGreaterThan(0);
});
