// Tokens, the learner's own repositories and the search, asked through a door.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeOf, MAX_UPLOAD_BYTES, openTestFront, type TestFront } from './test-front.ts';

const LOGIN = 'learner:hubpass';
const PUSH = 'repository:learner/app:pull,push';
let front: TestFront;
let pushed: string[];
let received: number;
let playOwn: (incoming: IncomingMessage, answer: ServerResponse) => void;

beforeEach(async () => {
  pushed = [];
  received = 0;
  playOwn = playRegistry;
  front = await openTestFront(
    ({ url }, answer) => {
      if (url === '/v2/library/nginx/tags/list') answer.end('{"name":"library/nginx","tags":["latest"]}');
      else if (url?.startsWith('/v2/library/nginx/')) answer.end('from the store');
      else answer.writeHead(404).end();
    },
    (incoming, answer) => playOwn(incoming, answer),
  );
});
afterEach(() => front[Symbol.asyncDispose]());

/** Only what these tests ask; tests/docker/hub.test.ts has a real one. */
function playRegistry(incoming: IncomingMessage, answer: ServerResponse): void {
  const [, repository = '', rest = ''] = /^\/v2\/(.+?)\/((?:manifests|blobs|tags)\/.*)$/.exec(incoming.url ?? '') ?? [];
  const location = `http://registry-1.docker.io/v2/${repository}/blobs/uploads/1?_state=abc%3D`;
  incoming.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  incoming.on('end', () => {
    if (incoming.url?.startsWith('/v2/_catalog')) answer.end(JSON.stringify({ repositories: pushed }));
    else if (incoming.method === 'POST') answer.writeHead(202, { location, 'docker-upload-uuid': '1' }).end();
    else if (incoming.method === 'PATCH') answer.writeHead(202, { location, range: `0-${received - 1}` }).end();
    else if (incoming.method === 'PUT') {
      pushed.push(repository);
      answer.writeHead(201, { location: 'http://elsewhere/v2/other/x', 'docker-content-digest': 'sha256:1' }).end();
    } else if (incoming.method === 'DELETE') answer.writeHead(202).end();
    else if (pushed.includes(repository)) answer.end(`${rest} of ${repository}`);
    else answer.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"NAME_UNKNOWN"}]}');
  });
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const form = (fields: Record<string, string>) =>
  front.ask('POST', '/token', { body: `${new URLSearchParams(fields)}` });

test('without a token the answer says where to get one and for what', async () => {
  const root = await front.ask('GET', '/v2/');
  expect([root.status, root.headers['www-authenticate']]).toEqual([
    401,
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
  ]);
  const challengeOf = async (method: string, path: string, headers = {}) =>
    (await front.ask(method, path, { headers })).headers['www-authenticate'];
  expect(await challengeOf('GET', '/v2/library/nginx/manifests/latest')).toBe(
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
  );
  expect(await challengeOf('POST', '/v2/learner/app/blobs/uploads/')).toContain(
    'scope="repository:learner/app:pull,push"',
  );
  expect(await challengeOf('GET', '/v2/ngnix/manifests/1')).toContain('scope="repository:ngnix:pull"');
  for (const authorization of ['Bearer x', 'Bearer', `Basic ${btoa(LOGIN)}`, 'x'.repeat(9000)])
    expect(await challengeOf('GET', '/v2/', { authorization })).toContain('error="invalid_token"');
});

test('a token opens /v2/, whoever has it', async () => {
  expect((await front.ask('GET', '/v2/', { token: await front.token('') })).body).toBe('{}');
});

test('everybody may pull what exists; nobody may more', async () => {
  const access = async (scope: string, login?: string) => claimsOf(await front.token(scope, login)).access;
  const nginx = [{ type: 'repository', name: 'library/nginx', actions: ['pull'] }];
  expect(await access('repository:library/nginx:pull,push')).toEqual(nginx);
  expect(await access('repository:library/nginx:pull,push,delete', LOGIN)).toEqual(nginx);
  for (const name of ['library/ngnix', 'learner/app', 'ngnix', 'myrepo/alpine', 'slipway/seeded', 'library/a/b'])
    expect(await access(`repository:${name}:pull,push`)).toEqual([]);
  expect(await access('repository:myrepo/alpine:pull,push', LOGIN)).toEqual([]);
});

test('the practice account may push below its name, and pull what was pushed', async () => {
  const access = async (scope: string, login?: string) => claimsOf(await front.token(scope, login)).access;
  const own = (actions: string[]) => [{ type: 'repository', name: 'learner/app', actions }];
  expect(await access(PUSH, LOGIN)).toEqual(own(['pull', 'push']));
  expect(await access('repository:learner/app:pull', LOGIN)).toEqual([]);
  pushed.push('learner/app');
  expect(await access('repository:learner/app:pull', LOGIN)).toEqual(own(['pull']));
  expect(await access(PUSH)).toEqual(own(['pull']));
});

test.each(['learner:wrong', 'learner:', 'other:hubpass', ':', 'learner', 'Learner:hubpass'])(
  'a login as %s is refused in Docker Hub’s words',
  async (login) => {
    const headers = { authorization: `Basic ${btoa(login)}` };
    expect(await front.ask('GET', '/token?account=learner', { headers })).toMatchObject({
      status: 401,
      body: '{"details":"incorrect username or password"}',
    });
    const [username = '', password = ''] = login.split(':');
    expect(await form({ grant_type: 'password', username, password })).toMatchObject({ status: 401 });
  },
);

test('a login by form gives a token, and a refresh token to who asks for it', async () => {
  const login = { grant_type: 'password', username: 'learner', password: 'hubpass', scope: PUSH };
  const plain = JSON.parse((await form(login)).body);
  expect(plain).toMatchObject({ scope: PUSH, expires_in: 300 });
  expect(plain).not.toHaveProperty('refresh_token');
  const lasting = JSON.parse((await form({ ...login, access_type: 'offline' })).body);
  const again = await form({ grant_type: 'refresh_token', refresh_token: lasting.refresh_token, scope: PUSH });
  const { access_token, refresh_token } = JSON.parse(again.body);
  expect(refresh_token).toBe(lasting.refresh_token);
  expect((await front.ask('POST', '/v2/learner/app/blobs/uploads/', { token: access_token })).status).toBe(202);
});

test('a login by basic gives no refresh token, so that docker keeps the password as it does for Docker Hub', async () => {
  const headers = { authorization: `Basic ${btoa(LOGIN)}` };
  const { body } = await front.ask('GET', '/token?account=learner&offline_token=true&client_id=docker', { headers });
  expect(Object.keys(JSON.parse(body))).toEqual(['token', 'access_token', 'expires_in', 'issued_at']);
});

test('forms that are none', async () => {
  expect((await form({})).status).toBe(400);
  expect((await form({ grant_type: 'refresh_token', refresh_token: 'x.y.z' })).status).toBe(401);
  expect((await front.ask('POST', '/token', { body: 'x'.repeat(100_000) })).status).toBe(413);
  expect((await front.ask('PUT', '/token', { body: 'x' })).status).toBe(404);
});

test.each([
  'repository:../x:pull',
  'repository:UP/x:pull',
  'registry:catalog:*',
  ':',
  'repository:learner/app',
  '::::',
])('the scope %s gives nothing', async (scope) => {
  expect(claimsOf(await front.token(scope, LOGIN)).access).toEqual([]);
});

test('a token of one sandbox is worth nothing in another', async () => {
  await front.openDoor('other');
  const token = await front.token('repository:library/nginx:pull');
  expect((await front.ask('GET', '/v2/library/nginx/manifests/1', { token })).status).toBe(200);
  const elsewhere = await front.ask('GET', '/v2/library/nginx/manifests/1', { token, door: 'other' });
  expect(elsewhere.status).toBe(401);
});

test('a push goes to the own registry, whose addresses become Docker Hub’s', async () => {
  const token = await front.token(PUSH, LOGIN);
  const begun = await front.ask('POST', '/v2/learner/app/blobs/uploads/', { token });
  const upload = '/v2/learner/app/blobs/uploads/1?_state=abc%3D';
  expect(begun.headers).toMatchObject({ location: `https://registry-1.docker.io${upload}`, 'docker-upload-uuid': '1' });
  const sent = await front.ask('PATCH', upload, { token, body: Readable.from(['one ', 'two']) });
  expect([sent.status, sent.headers.range]).toEqual([202, '0-6']);
  const done = await front.ask('PUT', '/v2/learner/app/manifests/1', { token, body: '{}' });
  expect([done.status, done.headers['docker-content-digest'], done.headers.location]).toEqual([
    201,
    'sha256:1',
    undefined,
  ]);
  const anyone = await front.token('repository:learner/app:pull');
  expect((await front.ask('GET', '/v2/learner/app/manifests/1', { token: anyone })).body).toBe(
    'manifests/1 of learner/app',
  );
  expect(codeOf(await front.ask('POST', '/v2/learner/app/blobs/uploads/', { token: anyone }))).toBe('DENIED');
});

test('a mount from the hub becomes an upload, one from the learner’s own stays', async () => {
  const token = await front.token(PUSH, LOGIN);
  const digest = `sha256%3A${'a'.repeat(64)}`;
  const uploads = '/v2/learner/app/blobs/uploads/';
  front.asked.length = 0;
  for (const from of ['library/nginx', '', 'learner/../x'])
    expect((await front.ask('POST', `${uploads}?mount=${digest}&from=${from}`, { token })).status).toBe(202);
  await front.ask('POST', `${uploads}?mount=${digest}&from=learner/other`, { token });
  expect(front.asked).toEqual([
    ...Array(3).fill(`POST ${uploads}`),
    `POST ${uploads}?mount=${digest}&from=learner%2Fother`,
  ]);
});

test('an upload beyond the limit is denied, announced or not', async () => {
  const token = await front.token(PUSH, LOGIN);
  const upload = '/v2/learner/app/blobs/uploads/1';
  const headers = { 'content-length': String(MAX_UPLOAD_BYTES + 1) };
  const endless = () =>
    Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1 << 20);
      })(),
    );
  expect(codeOf(await front.ask('PATCH', upload, { token, headers, body: endless() }))).toBe('DENIED');
  expect(received).toBe(0);
  expect(codeOf(await front.ask('PATCH', upload, { token, body: endless() }))).toBe('DENIED');
  expect(received).toBeLessThanOrEqual(MAX_UPLOAD_BYTES);
});

test('a refusal waits for the body, so that its sender reads it before the connection ends', async () => {
  const token = await front.token('repository:library/nginx:push', LOGIN);
  for (const [headers, status] of [
    [{ authorization: `Bearer ${token}` }, 403],
    [{ authorization: 'Bearer x' }, 401],
  ] as const) {
    let sent = false;
    const late = Readable.from(
      (async function* () {
        yield 'x'.repeat(100);
        await new Promise((resolve) => setTimeout(resolve, 50));
        sent = true;
        yield 'x'.repeat(100);
      })(),
    );
    const asking = { headers: { connection: 'close', ...headers }, body: late };
    const reply = await front.ask('PUT', '/v2/library/nginx/manifests/latest', asking);
    expect([reply.status, sent]).toEqual([status, true]);
  }
});

test('an endless body that nobody wants ends with its connection', async () => {
  let sentBytes = 0;
  const endless = Readable.from(
    (function* () {
      for (; ; sentBytes += 65_536) yield Buffer.alloc(65_536);
    })(),
  );
  await front.ask('PATCH', '/v2/learner/app/blobs/uploads/1', { body: endless }).then(
    ({ status }) => expect(status).toBe(401),
    (error) => expect(error.code).toMatch(/ECONNRESET|EPIPE/),
  );
  const before = sentBytes;
  expect((await front.ask('GET', '/')).status).toBe(200);
  expect(sentBytes - before).toBeLessThan(8 * 2 ** 20);
  await expect.poll(() => endless.destroyed || endless.isPaused()).toBe(true);
  expect(received).toBe(0);
});

test('an own registry that does not answer is named as what is wrong, and the rest goes on', async () => {
  const token = await front.token(PUSH, LOGIN);
  playOwn = (incoming) => incoming.socket.destroy();
  expect(codeOf(await front.ask('POST', '/v2/learner/app/blobs/uploads/', { token }))).toBe('UNAVAILABLE');
  const found = await front.ask('GET', '/v1/search?q=nginx');
  expect(JSON.parse(found.body).results.map(({ name }: { name: string }) => name)).toEqual(['nginx']);
});

test.each<[string, (incoming: IncomingMessage, answer: ServerResponse) => void]>([
  ['speaks something else', ({ socket }) => socket.end('SSH-2.0-OpenSSH\r\n')],
  [
    'switches protocols',
    ({ socket }) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
  ],
  ['breaks off in its headers', ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
  ['has headers without end', ({ socket }) => socket.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)],
])('an own registry that %s is named as what is wrong', async (_what, play) => {
  const token = await front.token(PUSH, LOGIN);
  playOwn = play;
  expect(codeOf(await front.ask('GET', '/v2/learner/app/manifests/1', { token }))).toBe('UNAVAILABLE');
  expect(claimsOf(await front.token('repository:learner/app:pull')).access).toEqual([]);
});

test.each([
  '<html>',
  '{"repositories":7}',
  '{"repositories":[1,null,"learner/../x"]}',
  `["${'x'.repeat(400_000)}"]`,
  'null',
])('a catalog that is none gives the search nothing', async (body) => {
  playOwn = (_incoming, answer) => answer.end(body);
  const found = await front.ask('GET', '/v1/search?q=nginx');
  expect(JSON.parse(found.body).num_results).toBe(1);
});

test('addresses that lead elsewhere are not handed on', async () => {
  const token = await front.token(PUSH, LOGIN);
  for (const location of [
    'https://elsewhere.example/x',
    '/v2/learner/other/blobs/uploads/1',
    '//x/v2/',
    'http://[',
    '/v2/learner/app/../../x',
  ]) {
    playOwn = (_incoming, answer) => answer.writeHead(202, { location, 'set-cookie': 'a=b' }).end();
    const { headers } = await front.ask('POST', '/v2/learner/app/blobs/uploads/', { token });
    expect([headers.location, headers['set-cookie']]).toEqual([undefined, undefined]);
  }
});

test('the search finds the course’s images and what was pushed', async () => {
  pushed.push('learner/nginx', 'other/nginx', '<b>nginx</b>');
  const { body, headers } = await front.ask('GET', '/v1/search?q=nginx&n=25');
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(body).results.map(({ name }: { name: string }) => name)).toEqual(['nginx', 'learner/nginx']);
});
