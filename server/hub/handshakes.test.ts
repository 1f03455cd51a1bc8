import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureCertificates } from './certificates.ts';
import { paceHandshakes } from './handshakes.ts';

test('forty at once, then one each 30 ms, none lost; who waits ends with the server', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-pace-'));
  const { key, cert, ca } = await ensureCertificates(dir);
  const server = createServer({ key, cert }, (_, response) => response.end('here'));
  const drop = paceHandshakes(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async () => {
    const options = { host: '127.0.0.1', port, ca, agent: false, servername: 'docker.io' };
    const [answer] = await once(get(options), 'response');
    answer.resume();
    return performance.now();
  };
  try {
    const began = performance.now();
    const times = (await Promise.all(Array.from({ length: 60 }, ask))).map((at) => at - began).sort((a, b) => a - b);
    expect(times.at(-1)).toBeGreaterThanOrEqual(19 * 30);
    const many = Array.from({ length: 60 }, () => connect(port, '127.0.0.1'));
    const ended = many.map((socket) => new Promise((resolve) => socket.on('error', () => {}).once('close', resolve)));
    await Promise.all(many.map((socket) => once(socket, 'connect')));
    const closed = new Promise((resolve) => server.close(resolve));
    drop();
    server.closeAllConnections();
    for (const socket of many) socket.end();
    await Promise.all([...ended, closed]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
