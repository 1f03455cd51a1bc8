// What a page's connection costs the server that says nothing, or does not read: over real sockets, without a shell.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Session } from '../../protocol/session.ts';
import { closeCodes, PROTOCOL_VERSION } from '../../protocol/socket.ts';
import { PageConnection } from './page-connection.ts';
import { reached } from './reached.ts';
import { socketLimitsOf } from './socket-limits.ts';

const HELLO_MS = 300;
const limits = {
  ...socketLimitsOf({
    windowKb: 128,
    maxFrameKb: 64,
    inputKbPerSecond: 4096,
    waitingInputKb: 1024,
    socketsPerSession: 16,
    helloSeconds: 1,
    pingSeconds: 10,
  }),
  helloMs: HELLO_MS,
};
const BIG = 'x'.repeat(100_000);
/** What the kernel of any machine takes for somebody who does not read. */
const KERNEL_MESSAGES = 1000;

let server: Server;
let sockets: WebSocketServer;
let connection: PageConnection | null = null;
let ended = false;

beforeEach(async () => {
  server = createServer();
  sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket, request) => {
    ended = false;
    socket.on('close', () => (ended = true));
    connection = new PageConnection({
      socket,
      duplex: request.socket,
      limits,
      view: () => ({ setup: { state: 'waiting' }, verdict: { message: BIG } }) as Session,
      onInput: () => {},
      followMap: () => () => {},
      onEnded: () => {},
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  for (const socket of sockets.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
});

async function page(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  socket.on('error', () => {});
  await once(socket, 'open');
  return socket;
}
const hello = JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, terminal: null, cols: 80, rows: 24 });

it('is closed where no hello comes in time', async () => {
  const [silent, greeting] = [await page(), await page()];
  greeting.send(hello);
  const [code] = await once(silent, 'close');
  expect(code).toBe(closeCodes.noHello);
  expect(greeting.readyState).toBe(WebSocket.OPEN);
});

it('is closed where more waits for the page than is kept, and not where the page reads', async () => {
  const reader = await page();
  let read = 0;
  reader.on('message', () => read++);
  reader.send(hello);
  expect(await reached(() => read === 1, 5000)).toBe(true);
  for (let n = 0; n < KERNEL_MESSAGES && !ended; n++) {
    connection?.sendSession();
    await new Promise(setImmediate);
  }
  expect(await reached(() => read === KERNEL_MESSAGES + 1, 5000)).toBe(true);
  expect(ended).toBe(false);

  const stalled = await page();
  stalled.send(hello);
  const own = connection;
  (stalled as unknown as { _socket: Socket })._socket.pause();
  for (let n = 0; n < KERNEL_MESSAGES && !ended; n++) {
    own?.sendSession();
    await new Promise(setImmediate);
  }
  expect(await reached(() => ended, 5000)).toBe(true);
});
