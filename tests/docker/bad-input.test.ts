// What is malformed, huge, repeated, late or hostile at the server's edge gets a clear answer and harms nothing.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { routes } from '../../protocol/http.ts';
import { MAX_FRAME_BYTES } from '../../protocol/limits.ts';
import { closeCodes, PROTOCOL_VERSION } from '../../protocol/socket.ts';
import { Learner, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'run-your-own-registry';
let server: TestServer;
let learner: Learner;

beforeAll(async () => {
  server = await TestServer.start();
  learner = new Learner(server);
  await learner.open(LESSON);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

describe('HTTP', () => {
  it.each([
    ['/api/lessons/none', 404, 'unknown-lesson'],
    ['/api/lessons/..%2f..%2fetc', 404, 'unknown-lesson'],
    ['/api/nothing', 404, 'not-found'],
    ['/nothing', 404, 'not-found'],
  ])('GET %s answers %i %s', async (path, status, code) => {
    const answer = await learner.get(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      error: { code, message: expect.any(String), next: expect.any(String) },
    });
  });

  it.each([
    ['an unknown step', routes.skipStep(LESSON, 'none'), {}, 404, 'unknown-step'],
    ['an unknown lesson', routes.open('none'), {}, 404, 'unknown-lesson'],
    ['a body that is no JSON', routes.open(LESSON), { body: '{' }, 400, 'bad-request'],
    ['a body with more in it', routes.open(LESSON), { body: '{"a":1}' }, 400, 'bad-body'],
    [
      'a body that is huge',
      routes.open(LESSON),
      { body: JSON.stringify({ a: 'x'.repeat(100_000) }) },
      413,
      'bad-request',
    ],
    ['another content type', routes.open(LESSON), { headers: { 'content-type': 'text/plain' } }, 400, 'bad-body'],
    ['a foreign Origin', routes.open(LESSON), { headers: { origin: 'https://example.com' } }, 403, 'foreign-origin'],
  ])('POST with %s', async (_, path, init, status, code) => {
    const answer = await learner.post(path, init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect((await learner.post(routes.open(LESSON))).status).toBe(200);
  });

  it('has no session for an unknown or malformed cookie', async () => {
    for (const cookie of [
      '',
      'slipway_session=AAAAAAAAAAAAAAAAAAAAAA',
      'slipway_session=../../x',
      `slipway_session=${'x'.repeat(5000)}`,
    ]) {
      const answer = await new Learner(server, cookie).get(routes.session);
      expect(await answer.json()).toBeNull();
    }
    expect(await (await learner.get(routes.session)).json()).toMatchObject({ lesson: LESSON });
  });

  it('answers no other Host on loopback', async () => {
    const status = (host: string) =>
      new Promise<number>((resolve, reject) => {
        request({ port: server.port, path: '/api/lessons', headers: { host } }, (answer) =>
          resolve(answer.resume().statusCode ?? 0),
        )
          .on('error', reject)
          .end();
      });
    expect(await status('evil.example')).toBe(403);
    expect(await status(`localhost:${server.port}`)).toBe(200);
    expect(await status('127.0.0.1')).toBe(200);
  });

  it('is alive and ready', async () => {
    expect(await (await learner.get('/healthz')).json()).toEqual({ status: 'alive' });
    expect(await (await learner.get('/readyz')).json()).toEqual({
      hubLimited: false,
      status: 'ready',
      engine: true,
      hub: true,
      pool: true,
    });
  });
});

describe('the WebSocket', () => {
  const refusal = (socket: WebSocket) =>
    new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
      socket.on('open', () => resolve(101));
      socket.on('error', () => {});
    });

  it('is refused from a foreign Origin, without an Origin and without a session', async () => {
    expect(await refusal(learner.socket({ origin: 'https://example.com' }))).toBe(403);
    expect(await refusal(learner.socket({ cookie: '' }))).toBe(404);
    expect(await refusal(learner.socket({ cookie: 'slipway_session=AAAAAAAAAAAAAAAAAAAAAA' }))).toBe(404);
    expect(await refusal(learner.socket())).toBe(101);
  });

  const hello = { type: 'hello', version: PROTOCOL_VERSION, terminal: null, cols: 80, rows: 24 };
  it.each<[string, (string | Buffer)[], number]>([
    ['no JSON', ['nonsense'], 4000],
    ['an unknown type', [JSON.stringify({ type: 'fly' })], 4000],
    ['another version', [JSON.stringify({ ...hello, version: 99 })], closeCodes.unknownVersion],
    [
      'another version with other words',
      [JSON.stringify({ type: 'hello', version: 1, more: 1 })],
      closeCodes.unknownVersion,
    ],
    ['a hello that comes twice', [JSON.stringify(hello), JSON.stringify(hello)], 4000],
    ['keys before the hello', [Buffer.from('ls\r')], 4000],
    ['a resize to nonsense', [JSON.stringify(hello), JSON.stringify({ type: 'resize', cols: -3, rows: 1e9 })], 4000],
    ['an acknowledgement of nothing', [JSON.stringify(hello), JSON.stringify({ type: 'ack', bytes: 0 })], 4000],
    ['a misspelt key', [JSON.stringify({ ...hello, colls: 80 })], 4000],
    ['a text frame of 10 kB', [JSON.stringify(hello), `"${'x'.repeat(10_000)}"`], 4000],
    ['a frame that is huge', [JSON.stringify(hello), Buffer.alloc(MAX_FRAME_BYTES + 1, 97)], 1009],
  ])('closes on %s', async (_, frames, code) => {
    const socket = learner.socket();
    let closed = 0;
    socket.on('close', (why) => (closed = why));
    socket.on('error', () => {});
    await new Promise((resolve) => socket.on('open', resolve));
    for (const frame of frames) socket.send(frame, { binary: typeof frame !== 'string' });
    await until(() => closed !== 0, 'the close');
    expect(closed).toBe(code);
    // The learner's shell is none the worse.
    const terminal = await learner.terminal();
    terminal.type('echo fi""ne\r');
    await terminal.shows('fine');
    terminal.socket.terminate();
  });
});

describe('lesson files', () => {
  const lessonsDir = (text: string) => {
    const dir = mkdtempSync('/tmp/slw-lessons-');
    mkdirSync(join(dir, '01-bad'));
    writeFileSync(join(dir, '01-bad', 'lesson.md'), text);
    return dir;
  };
  it('a broken one stops the start with file, line and what was expected', async () => {
    const dir = lessonsDir(
      '---\ntitle: A lesson\nsummary: Something long enough\nminutes: 5\nminuets: 5\n---\n\n## A\n',
    );
    await expect(TestServer.start({ args: ['--lessons-dir', dir] })).rejects.toThrow(
      /lesson\.md:5: unknown key `minuets`/,
    );
  });
});
