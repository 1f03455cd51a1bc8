// On an address other than loopback every route and upgrade needs the access link, exchanged for a cookie.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

it('refuses everything without the link, and nothing with it', async () => {
  await using server = await TestServer.start({ args: ['--host', '0.0.0.0'], access: true });
  const token = readFileSync(join(server.dataDir, 'access-token'), 'utf8').trim();
  expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(statSync(join(server.dataDir, 'access-token')).mode & 0o777).toBe(0o600);
  expect(server.said).toContain(`/access/${token}`);

  const stranger = new Learner(server);
  for (const path of [
    '/',
    '/lessons/the-round-trip',
    '/api/lessons',
    '/api/info',
    '/healthz',
    '/readyz',
    '/assets/x.js',
    '/nothing',
    `/access/${'A'.repeat(22)}`,
  ]) {
    expect((await stranger.get(path)).status, path).toBe(401);
  }
  expect((await stranger.post('/api/lessons/the-round-trip/open')).status).toBe(401);
  const refused = await new Promise<number>((resolve) => {
    const socket = stranger.socket();
    socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
    socket.on('open', () => resolve(101));
    socket.on('error', () => {});
  });
  expect(refused).toBe(401);

  const exchange = await fetch(`${server.url}/access/${token}`, { redirect: 'manual' });
  expect(exchange.status).toBe(303);
  const [cookie = ''] = exchange.headers.getSetCookie();
  expect(cookie).toMatch(/^slipway_access=.*HttpOnly; SameSite=Lax/);
  expect(cookie).not.toContain(token);
  const guest = new Learner(server, cookie.split(';')[0]);
  for (const path of ['/', '/api/lessons', '/healthz']) expect((await guest.get(path)).status, path).toBe(200);
});
