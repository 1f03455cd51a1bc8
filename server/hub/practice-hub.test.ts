// The practice Docker Hub's front as a whole: its sockets, its limits, and what may be read from the store.

import { readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeOf, openTestFront, type TestFront } from './test-front.ts';

let front: TestFront;
let held: (() => void)[];

beforeEach(async () => {
  held = [];
  front = await openTestFront(
    (incoming, answer) => {
      if (incoming.url === '/v2/library/slow/manifests/1') held.push(() => answer.end());
      else if (incoming.url === '/v2/library/nginx/manifests/1')
        answer.end(
          `accept=${incoming.headers.accept} cookie=${incoming.headers.cookie} ${incoming.headers.authorization}`,
        );
      else if (incoming.url?.endsWith('/tags/list') && /nginx|slow/.test(incoming.url)) answer.end('{"tags":["1"]}');
      else if (/^\/v2\/library\/(nginx\/manifests\/sha256:|ill\/)/.test(incoming.url ?? ''))
        answer.writeHead(500).end('{}');
      else answer.writeHead(404).end();
    },
    (_incoming, answer) => answer.writeHead(404).end(),
  );
});
afterEach(async () => {
  for (const answer of held) answer();
  await front[Symbol.asyncDispose]();
});

const pull = async (repository: string, reference = '1') =>
  front.ask('GET', `/v2/${repository}/manifests/${reference}`, {
    token: await front.token(`repository:${repository}:pull`),
  });

test('the socket and the authority can be used by everybody in the sandbox, the key by nobody', async () => {
  expect((await stat(join(front.dir, 'door', 'hub', 'tls.sock'))).mode & 0o777).toBe(0o666);
  expect((await stat(join(front.dir, 'door', 'hub', 'ca', 'slipway.crt'))).mode & 0o777).toBe(0o644);
  expect(await readFile(join(front.dir, 'door', 'hub', 'ca', 'slipway.crt'), 'utf8')).not.toContain('PRIVATE');
});

test('a read goes to the store with the headers it needs and no other', async () => {
  const token = await front.token('repository:library/nginx:pull');
  const headers = { accept: 'x/y', cookie: 'secret' };
  const reply = await front.ask('GET', '/v2/library/nginx/manifests/1', { token, headers });
  expect(reply).toMatchObject({ status: 200, body: 'accept=x/y cookie=undefined undefined' });
});

test('an unknown repository is denied, an unknown tag is not found, an ill store is neither', async () => {
  const [repository, tag, ill] = await Promise.all([
    pull('library/ngnix'),
    pull('library/nginx', '9.99'),
    pull('library/ill'),
  ]);
  expect([repository.status, codeOf(repository)]).toEqual([403, 'DENIED']);
  expect([tag.status, codeOf(tag)]).toEqual([404, 'MANIFEST_UNKNOWN']);
  expect([ill.status, codeOf(ill)]).toEqual([503, 'UNAVAILABLE']);
});

test('the digest of what is no manifest is not found, unless the store is ill', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const [blob, ill] = await Promise.all([pull('library/nginx', digest), pull('library/ill', digest)]);
  expect([blob.status, codeOf(blob)]).toEqual([404, 'MANIFEST_UNKNOWN']);
  expect([ill.status, codeOf(ill)]).toEqual([503, 'UNAVAILABLE']);
});

test('nobody writes to the store, whatever their token', async () => {
  const scope = 'repository:library/nginx:pull,push,delete repository:slipway/seeded:pull';
  const token = await front.token(scope, 'learner:hubpass');
  front.asked.length = 0;
  for (const [method, path] of [
    ['POST', '/v2/library/nginx/blobs/uploads/'],
    ['PUT', '/v2/library/nginx/manifests/1'],
    ['DELETE', '/v2/library/nginx/manifests/1'],
    ['GET', '/v2/slipway/seeded/manifests/1'],
  ] as const) {
    expect(codeOf(await front.ask(method, path, { token, body: method.startsWith('P') ? 'body' : '' }))).toBe('DENIED');
  }
  for (const path of ['/v2/_catalog', '/v1/users/', '/v2/library/../_catalog', '/v2/a/../library/nginx/manifests/1'])
    expect((await front.ask('GET', path, { token })).status).toBe(404);
  expect((await front.ask('PUT', '/v2/', { token })).status).toBe(404);
  expect(front.asked).toEqual([]);
});

test('its own page says what it is', async () => {
  const { status, headers, body } = await front.ask('GET', '/', { headers: { host: 'docker.io' } });
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(body).toContain('a practice Docker Hub');
  expect(body).toContain('Nothing that you do here leaves it');
});

test('a sandbox has 32 requests at once, and those that end make room', async () => {
  const token = await front.token('repository:library/slow:pull');
  const many = Array.from({ length: 32 }, () => front.ask('GET', '/v2/library/slow/manifests/1', { token }));
  await expect.poll(() => held.length, { timeout: 15_000 }).toBe(32);
  expect((await front.ask('GET', '/')).status).toBe(429);
  for (const answer of held.splice(0)) answer();
  expect((await Promise.all(many)).every(({ status }) => status === 200)).toBe(true);
  expect((await front.ask('GET', '/')).status).toBe(200);
});

test('headers of more than 16 KB end the request', async () => {
  const reply = await front.ask('GET', '/', { headers: { 'x-large': 'x'.repeat(20_000) } });
  expect(reply.status).toBe(431);
  expect((await front.ask('GET', '/')).status).toBe(200);
});

test('connections beyond 128 through one door are closed, and the other doors do not notice', async () => {
  await front.openDoor('other');
  const sockets = Array.from({ length: 140 }, () => connect(join(front.dir, 'door', 'hub', 'tls.sock')));
  let closed = 0;
  for (const socket of sockets) {
    socket.on('error', () => {});
    socket.on('close', () => {
      closed += 1;
    });
  }
  await expect.poll(() => closed, { timeout: 10_000 }).toBe(12);
  await expect(front.ask('GET', '/')).rejects.toThrow();
  expect((await front.ask('GET', '/', { door: 'other' })).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect
    .poll(
      () =>
        front.ask('GET', '/').then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(200);
});

test('what is no TLS, or no HTTP in it, ends its own connection only', async () => {
  const plain = connect(join(front.dir, 'door', 'hub', 'tls.sock'));
  plain.end('GET / HTTP/1.1\r\n\r\n');
  const socket = connect(join(front.dir, 'door', 'hub', 'tls.sock'));
  const secure = tlsConnect({ socket, rejectUnauthorized: false }, () => secure.end('\0\0 nonsense\r\n\r\n'));
  const said = await Promise.all([text(plain), text(secure)]);
  expect(said[0]).not.toContain('200');
  expect(said[1]).toContain('400 Bad Request');
  expect((await front.ask('GET', '/')).status).toBe(200);
});

test('without a store the answer says so, and a closed door answers nobody', async () => {
  const token = await front.token('repository:library/nginx:pull');
  front.store.closeAllConnections();
  await new Promise((resolve) => front.store.close(resolve));
  expect(codeOf(await front.ask('GET', '/v2/library/nginx/manifests/1', { token }))).toBe('UNAVAILABLE');
  expect(codeOf(await pull('library/nginx'))).toBe('UNAVAILABLE');
  await front.door.close();
  await expect(front.ask('GET', '/')).rejects.toThrow();
});

test('a path too long for a socket is a clear error', async () => {
  const listening = front.openDoor('x'.repeat(120));
  await expect(listening).rejects.toMatchObject({ code: 'hub-door-failed' });
});
