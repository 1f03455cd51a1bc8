// Small files go between a learner's own machine and their computer, and what is wrong with one is told.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_FILE_BYTES, routes } from '../../protocol/http.ts';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let learner: Learner;

beforeAll(async () => {
  server = await TestServer.start();
  learner = new Learner(server);
  await learner.open('what-is-a-registry');
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

const put = (path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  learner.post(routes.file(path), { body, headers: { 'content-type': 'application/octet-stream', ...headers } });
const code = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
];

it('brings the same bytes there and back, under the same name', async () => {
  const bytes = Uint8Array.from({ length: MAX_FILE_BYTES - 1 }, (_, at) => (at * 7) % 256);
  expect((await put('~/ein Gerät "x".bin', bytes)).status).toBe(204);
  const answer = await learner.get(routes.file('/root/ein Gerät "x".bin'));
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; .*Ger%C3%A4t/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect((await put('~/empty', new Uint8Array(0))).status).toBe(204);
  expect((await (await learner.get(routes.file('~/empty'))).arrayBuffer()).byteLength).toBe(0);
});

it('writes over nothing, and takes nothing too large', async () => {
  expect((await put('~/once', new Uint8Array([1]))).status).toBe(204);
  expect(await code(await put('~/once', new Uint8Array([2])))).toEqual([409, 'file-exists']);
  expect(await code(await put('~/large', new Uint8Array(MAX_FILE_BYTES)))).toEqual([413, 'too-large']);
  expect(await code(await learner.get(routes.file('~/large')))).toEqual([404, 'no-file']);
});

it('takes only plain paths, only from its own page, and only of who has a computer', async () => {
  for (const path of ['', 'notes', '~/../etc/x', '/', '/root/', '~/a\0b', `~/${'x'.repeat(2000)}`]) {
    expect(await code(await put(path, new Uint8Array([1]))), path).toEqual([400, 'bad-path']);
  }
  expect(await code(await put('/root', new Uint8Array([1])))).toEqual([400, 'bad-path']);
  expect(await code(await put('/etc', new Uint8Array([1])))).toEqual([400, 'file-refused']);
  expect(await code(await put('~/x', new Uint8Array([1]), { origin: 'http://evil.example' }))).toEqual([
    403,
    'foreign-origin',
  ]);
  expect(await code(await put('~/x', new Uint8Array([1]), { 'content-type': 'text/plain' }))).toEqual([
    400,
    'bad-body',
  ]);
  expect(await code(await new Learner(server).get(routes.file('~/once')))).toEqual([404, 'no-session']);
  expect((await learner.get(routes.file('~/once'))).status).toBe(200);
});
