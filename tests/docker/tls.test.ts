// A room over HTTPS with a given certificate: the printed address, cookies, a terminal over wss, and a start that is refused.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { routes } from '../../protocol/http.ts';
import { testCertificate } from '../../server/http/test-certificate.ts';
import { printedToken } from '../support/classroom.ts';
import { LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const dir = mkdtempSync(join(tmpdir(), 'slipway-tls-'));
const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
const args = ['--tls-cert', cert, '--tls-key', key];
let server: TestServer;
let pem: string;

beforeAll(async () => {
  const made = await testCertificate(['localhost', '127.0.0.1']);
  pem = made.cert;
  writeFileSync(cert, made.cert);
  writeFileSync(key, made.key);
  server = await TestServer.start({ tls: true, args: ['--classroom', '--host', '127.0.0.1', ...args] });
}, 600_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true });
});

/** As a page does it, which trusts this certificate. */
const post = (path: string, body: object, cookie = '') =>
  new Promise<{ status: number; cookies: string[] }>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin: server.url, cookie };
    const asked = request(server.url + path, { method: 'POST', ca: pem, headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, cookies: answer.headers['set-cookie'] ?? [] });
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });

it('prints https addresses, gives cookies for https only, and has terminals over wss', async () => {
  const token = await printedToken(server);
  expect(server.said).toContain(`https://127.0.0.1:${server.port}/join`);
  expect(server.said).not.toContain('plain HTTP');
  const { status, cookies } = await post(routes.signInByLink, { token });
  expect(status).toBe(200);
  expect(cookies[0]).toContain('; Secure');
  const cookie = cookies[0]?.split(';')[0] ?? '';
  expect((await post(routes.open('the-round-trip'), {}, cookie)).status).toBe(200);
  const socket = new WebSocket(`${server.url.replace('https', 'wss')}${routes.socket}?terminal=0`, {
    ca: pem,
    headers: { origin: server.url, cookie },
  });
  const terminal = new LearnerTerminal(socket, null);
  await until(() => terminal.id !== '', 'the terminal');
  terminal.type('echo over-$((40 + 2))\r');
  await terminal.shows('over-42');
});

it('does not start with files that are of no use, and says why', () => {
  writeFileSync(key, 'nothing');
  const port = String(server.port + 1);
  const { status, stderr } = spawnSync(process.execPath, ['server/main.ts', ...args, '--port', port], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('holds no private key');
});
