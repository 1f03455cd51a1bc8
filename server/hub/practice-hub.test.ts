// The practice Docker Hub's front, before a store that is played by a plain HTTP server.

import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubDoor, PracticeHub } from './practice-hub.ts';

let dir: string;
let store: Server;
let asked: string[];
let hub: PracticeHub;
let door: HubDoor;
let held: (() => void)[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'slipway-front-'));
  await chmod(dir, 0o755);
  asked = [];
  held = [];
  store = createServer((incoming, answer) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (incoming.url === '/v2/library/slow/manifests/1') held.push(() => answer.end());
    else if (incoming.url === '/v2/library/nginx/manifests/1')
      answer.end(`accept=${incoming.headers.accept} cookie=${incoming.headers.cookie}`);
    else if (incoming.url === '/v2/library/nginx/tags/list') answer.end('{}');
    else if (incoming.url?.startsWith('/v2/library/ill/')) answer.writeHead(500).end('{}');
    else answer.writeHead(404).end();
  });
  await new Promise<void>((resolve) => store.listen(join(dir, 'store.sock'), resolve));
  hub = await PracticeHub.open(dir, join(dir, 'store.sock'));
  door = await hub.listen(dir);
});
afterEach(async () => {
  for (const answer of held) answer();
  await hub.close();
  store.closeAllConnections();
  store.close();
  await rm(dir, { recursive: true });
});

async function ask(method: string, path: string, body?: string): Promise<{ status?: number; body: string }> {
  const ca = await readFile(join(dir, 'ca', 'slipway.crt'));
  const { promise, resolve, reject } = Promise.withResolvers<{ status?: number; body: string }>();
  const headers = { host: 'registry-1.docker.io', accept: 'x/y', cookie: 'secret' };
  const options = {
    socketPath: join(dir, 'tls.sock'),
    servername: 'registry-1.docker.io',
    ca,
    method,
    path,
    headers,
    agent: false as const,
  };
  const sent = request(options, async (answer) => resolve({ status: answer.statusCode, body: await text(answer) }));
  sent.on('error', reject).end(body);
  return promise;
}
const codeOf = ({ body }: { body: string }) => JSON.parse(body).errors[0].code;

test('the socket and the authority can be used by everybody in the sandbox, the key by nobody', async () => {
  expect((await stat(join(dir, 'tls.sock'))).mode & 0o777).toBe(0o666);
  expect((await stat(join(dir, 'ca', 'slipway.crt'))).mode & 0o777).toBe(0o644);
  expect(await readFile(join(dir, 'ca', 'slipway.crt'), 'utf8')).not.toContain('PRIVATE');
});

test('a read goes to the store with the headers it needs and no other', async () => {
  expect(await ask('GET', '/v2/')).toEqual({ status: 200, body: '{}' });
  expect(await ask('GET', '/v2/library/nginx/manifests/1')).toEqual({
    status: 200,
    body: 'accept=x/y cookie=undefined',
  });
});

test('an unknown repository is denied, an unknown tag is not found, an ill store is neither', async () => {
  const [repository, tag, ill] = await Promise.all([
    ask('GET', '/v2/library/ngnix/manifests/1'),
    ask('GET', '/v2/library/nginx/manifests/9.99'),
    ask('GET', '/v2/library/ill/manifests/1'),
  ]);
  expect([repository.status, codeOf(repository)]).toEqual([403, 'DENIED']);
  expect([tag.status, codeOf(tag)]).toEqual([404, 'MANIFEST_UNKNOWN']);
  expect([ill.status, codeOf(ill)]).toEqual([503, 'UNAVAILABLE']);
});

test('a push and what is not for learners never reach the store', async () => {
  for (const [method, path] of [
    ['POST', '/v2/library/nginx/blobs/uploads/'],
    ['PUT', '/v2/library/nginx/manifests/1'],
    ['DELETE', '/v2/library/nginx/manifests/1'],
    ['GET', '/v2/slipway/seeded/manifests/1'],
  ] as const) {
    expect(codeOf(await ask(method, path, 'body'))).toBe('DENIED');
  }
  for (const path of ['/v2/_catalog', '/', '/token', '/v2/library/../_catalog'])
    expect((await ask('GET', path)).status).toBe(404);
  expect(asked).toEqual([]);
});

test('a sandbox has 32 requests at once, and those that end make room', async () => {
  const many = Array.from({ length: 32 }, () => ask('GET', '/v2/library/slow/manifests/1'));
  await expect.poll(() => held.length).toBe(32);
  expect((await ask('GET', '/v2/')).status).toBe(429);
  for (const answer of held.splice(0)) answer();
  expect((await Promise.all(many)).every(({ status }) => status === 200)).toBe(true);
  expect((await ask('GET', '/v2/')).status).toBe(200);
});

test('without a store the answer says so, and a closed door answers nobody', async () => {
  store.closeAllConnections();
  await new Promise((resolve) => store.close(resolve));
  expect(codeOf(await ask('GET', '/v2/library/nginx/manifests/1'))).toBe('UNAVAILABLE');
  await door.close();
  await expect(ask('GET', '/v2/')).rejects.toThrow();
});

test('a path too long for a socket is a clear error', async () => {
  await expect(hub.listen(join(dir, 'x'.repeat(120)))).rejects.toMatchObject({ code: 'hub-door-failed' });
});
