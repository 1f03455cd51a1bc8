// What a page's connection costs the server that says nothing, or does not read: over real sockets, without a shell.

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createHolder, type Server as Holder, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { KEPT_INPUT_BYTES } from '../../protocol/limits.ts';
import type { Session } from '../../protocol/session.ts';
import { closeCodes, PROTOCOL_VERSION } from '../../protocol/socket.ts';
import { socketDial } from '../dial.ts';
import { PageConnection } from './page-connection.ts';
import { reached } from './reached.ts';
import type { Shell } from './screen-reading.ts';
import { socketLimitsOf } from './socket-limits.ts';
import { TerminalPages } from './terminal-pages.ts';

const HELLO_MS = 300;
const limits = {
  ...socketLimitsOf({
    windowKb: 128,
    maxFrameKb: 64,
    inputKbPerSecond: 1024,
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

const LOOKS_ON = '/looks-on';

let server: Server;
let sockets: WebSocketServer;
let connection: PageConnection | null = null;
let ended = false;
let folder = '';
const holders: Holder[] = [];
const said = new WeakMap<WebSocket, unknown[]>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-page-'));
  server = createServer();
  sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket, request) => {
    ended = false;
    socket.on('close', () => (ended = true));
    connection = new PageConnection({
      socket,
      duplex: request.socket,
      limits,
      pages: new TerminalPages(),
      looksOn: request.url === LOOKS_ON,
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
  for (const holder of holders.splice(0)) holder.close();
  rmSync(folder, { recursive: true });
});

async function page(path = '/'): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  socket.on('error', () => {});
  const messages: unknown[] = [];
  said.set(socket, messages);
  socket.on('message', (data, binary) => binary || messages.push(JSON.parse(String(data))));
  await once(socket, 'open');
  return socket;
}
/** What the server has said on it. */
const messages = (socket: WebSocket) => said.get(socket);
const hello = JSON.stringify({
  type: 'hello',
  version: PROTOCOL_VERSION,
  terminal: null,
  cols: 80,
  rows: 24,
  lead: true,
});

/** A shell whose holder greets with this run's name and says what is typed. */
function shell(id: bigint, typed: string[]): Shell {
  const path = join(folder, `${id}.sock`);
  const holder = createHolder((client) => {
    client.on('error', () => {});
    client.on('data', (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += 5 + bytes.readUInt32LE(at)) {
        if (bytes[at + 4] === HELLO_FRAME) client.write(welcome(id));
        if (bytes[at + 4] === INPUT_FRAME)
          typed.push(bytes.toString('latin1', at + 5, at + 5 + bytes.readUInt32LE(at)));
      }
    });
  }).listen(path);
  holders.push(holder);
  return { shell: socketDial(path), terminal: 0, nonce: 'n', screenFile: join(folder, 'none.json') };
}
const HELLO_FRAME = 1;
const INPUT_FRAME = 2;
function welcome(id: bigint): Buffer {
  const frame = Buffer.alloc(5 + 36);
  frame.writeUInt32LE(36);
  frame[4] = 129;
  frame.writeUInt16LE(80, 5 + 24);
  frame.writeUInt16LE(24, 5 + 26);
  frame.writeBigUInt64LE(id, 5 + 28);
  return frame;
}

it('keeps what is typed before there is a shell, and types it in its order and once', async () => {
  const socket = await page();
  socket.send(hello);
  for (const keys of ['l', 's', '\r']) socket.send(Buffer.from(keys));
  socket.send(JSON.stringify({ type: 'ping' }));
  const typed: string[] = [];
  await expect.poll(() => messages(socket)).toContainEqual({ type: 'pong' });
  connection?.attach(shell(7n, typed));
  await expect.poll(() => typed.join('')).toBe('ls\r');
  socket.send(Buffer.from('more'));
  await expect.poll(() => typed.join('')).toBe('ls\rmore');
});

it('does not type at one computer what was meant for another, and says so', async () => {
  const first: string[] = [];
  const second: string[] = [];
  const socket = await page();
  connection?.attach(shell(7n, first));
  socket.send(hello);
  await expect.poll(() => messages(socket)).toContainEqual(expect.objectContaining({ type: 'terminal', id: '7' }));
  connection?.attach(null);
  socket.send(Buffer.from('for the first'));
  socket.send(JSON.stringify({ type: 'ping' }));
  await expect.poll(() => messages(socket)).toContainEqual({ type: 'pong' });
  connection?.attach(shell(8n, second));
  await expect.poll(() => messages(socket)).toContainEqual({ type: 'input-refused', bytes: 13 });
  await expect.poll(() => messages(socket)).toContainEqual(expect.objectContaining({ type: 'terminal', id: '8' }));
  socket.send(Buffer.from('second'));
  await expect.poll(() => second.join('')).toBe('second');
  expect(first).toEqual([]);
});

it('is closed where more is typed than is kept before there is a shell', async () => {
  const socket = await page();
  socket.send(hello);
  for (let n = 0; n < 5; n++) socket.send(Buffer.alloc(KEPT_INPUT_BYTES / 4));
  const [code] = await once(socket, 'close');
  expect(code).toBe(closeCodes.inputFlood);
});

it('is told so at once, however much of a paste is still on its way, and no more is read than a paste is long', async () => {
  const paste = async (mib: number) => {
    const socket = await page();
    socket.send(hello);
    await once(socket, 'message');
    let code: number | undefined;
    socket.on('close', (told) => (code = told));
    for (let n = 0; n < mib; n++) socket.send(Buffer.alloc(1_048_576));
    expect(await reached(() => code !== undefined, 8000)).toBe(true);
    expect(await reached(() => ended, 8000)).toBe(true);
    return code;
  };
  // At the pace at which input is read this takes 15 s.
  expect(await paste(16)).toBe(closeCodes.inputFlood);
  expect([closeCodes.inputFlood, 1006]).toContain(await paste(100));
});

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

it('shows a terminal to who looks on, follows its size, and takes no key of theirs', async () => {
  const typed: string[] = [];
  const looks = await page(LOOKS_ON);
  connection?.attach(shell(3n, typed));
  looks.send(hello);
  const told = () => messages(looks)?.find((one) => (one as { type: string }).type === 'terminal');
  expect(await reached(() => told() !== undefined, 5_000)).toBe(true);
  expect(told()).toMatchObject({ follows: expect.anything() });
  looks.send(JSON.stringify({ type: 'lead', cols: 20, rows: 5 }));
  looks.send(JSON.stringify({ type: 'resize', cols: 20, rows: 5 }));
  looks.send(Buffer.from('x'));
  const refused = () => messages(looks)?.find((one) => (one as { type: string }).type === 'input-refused');
  expect(await reached(() => refused() !== undefined, 5_000)).toBe(true);
  expect(refused()).toMatchObject({ bytes: 1 });
  expect(typed).toEqual([]);
});
