// Online: what may be pulled through the cache, and what a full store answers.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeOf, openTestFront, type TestFront } from './test-front.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const CAP_BYTES = 1_000_000;
let front: TestFront;
let upstream: 'up' | 'down' | 'limits';
let keys: Set<string>;

beforeEach(async () => {
  upstream = 'up';
  keys = new Set();
  const allow = ['nginx', 'grafana/grafana', 'gone'];
  front = await openTestFront(
    ({ url = '', method }, answer) => {
      const refuse = (status: number, text: string) => answer.writeHead(status).end(text);
      if (upstream === 'limits')
        refuse(500, '{"errors":[{"detail":"toomanyrequests: You have reached your pull rate limit"}]}');
      else if (upstream === 'down') refuse(500, '{"errors":[{"detail":"dial tcp: no such host"}]}');
      else if (url.includes('/library/gone/')) refuse(500, '{"errors":[{"detail":"requested access DENIED"}]}');
      else if (url.endsWith('/9.99')) refuse(404, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
      else if (url.includes('/blobs/')) {
        answer.writeHead(200, { 'content-length': '600000' });
        answer.end(method === 'HEAD' ? '' : Buffer.alloc(600_000));
      } else answer.end(`${url}`);
    },
    (_incoming, answer) => answer.writeHead(404).end(),
    { allow, capBytes: CAP_BYTES, contents: async () => ({ bytes: 0, keys }) },
  );
});
afterEach(() => front[Symbol.asyncDispose]());

async function read(repository: string, thing: string) {
  const token = await front.token(`repository:${repository}:pull`);
  front.asked.length = 0;
  return front.ask('GET', `/v2/${repository}/${thing}`, { token });
}

test('only what is on the list exists, and nobody else is asked', async () => {
  expect((await read('library/nginx', 'manifests/1')).body).toBe('/v2/library/nginx/manifests/1');
  expect((await read('grafana/grafana', 'manifests/1')).status).toBe(200);
  for (const repository of ['library/redis', 'nginx', 'grafana/other', 'library/nginx/x']) {
    expect(codeOf(await read(repository, 'manifests/1'))).toBe('DENIED');
    expect(front.asked).toEqual([]);
  }
});

test('what went wrong upstream is told apart', async () => {
  expect(codeOf(await read('library/nginx', 'manifests/9.99'))).toBe('MANIFEST_UNKNOWN');
  expect(codeOf(await read('library/gone', 'manifests/1'))).toBe('DENIED');
  upstream = 'limits';
  expect(codeOf(await read('library/nginx', 'manifests/1'))).toBe('TOOMANYREQUESTS');
  upstream = 'down';
  expect(codeOf(await read('library/nginx', 'manifests/1'))).toBe('UNAVAILABLE');
});

test('beyond the cap what is new is refused, what is there is served', async () => {
  expect((await read('library/nginx', `blobs/${digest('a')}`)).status).toBe(200);
  const refused = await read('library/nginx', `blobs/${digest('b')}`);
  expect([refused.status, codeOf(refused)]).toEqual([429, 'TOOMANYREQUESTS']);
  expect(refused.body).toContain('the practice Docker Hub is full');
  expect(front.asked).toEqual([`HEAD /v2/library/nginx/blobs/${digest('b')}`]);
  expect((await read('library/nginx', `blobs/${digest('a')}`)).body).toHaveLength(600_000);
});

test('manifests count too, and tags that do not exist do not', async () => {
  for (let index = 0; index < 40; index += 1)
    expect(codeOf(await read('library/nginx', 'manifests/9.99'))).toBe('MANIFEST_UNKNOWN');
  const answers: number[] = [];
  for (let index = 0; index < 20; index += 1)
    answers.push((await read('library/nginx', `manifests/1.${index}`)).status);
  expect(answers.slice(0, 15)).toEqual(Array(15).fill(200));
  expect(answers.slice(16)).toEqual(Array(4).fill(429));
  expect((await read('library/nginx', 'manifests/1.0')).status).toBe(200);
});

test('the search finds what is on the list', async () => {
  const names = async (q: string) =>
    JSON.parse((await front.ask('GET', `/v1/search?q=${q}`)).body).results.map(({ name }: { name: string }) => name);
  expect(await names('grafana')).toEqual(['grafana/grafana']);
  expect(await names('alpine')).toEqual([]);
});
