// One connection to a holder for any number of readers, against a scripted holder.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { socketDial } from '../dial.ts';
import type { HolderLine } from './holder-client.ts';
import { reached } from './reached.ts';
import { SharedTerminal } from './shared-terminal.ts';

const KEPT_BYTES = 4 * 1_048_576;
const WAIT_MS = 20_000;

let folder = '';
let server: Server;
let shared: SharedTerminal;
let ended = 0;
/** Of the scripted holder: its run, what it has printed, and who is connected. */
let id = 7n;
let printed = Buffer.alloc(0);
let connections: Socket[] = [];

function frame(type: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(payload.length);
  head[4] = type;
  return Buffer.concat([head, payload]);
}
function numbers(...of: (bigint | number)[]): Buffer {
  return Buffer.concat(
    of.map((number) => {
      const bytes = Buffer.alloc(typeof number === 'bigint' ? 8 : 2);
      if (typeof number === 'bigint') bytes.writeBigUInt64LE(number);
      else bytes.writeUInt16LE(number);
      return bytes;
    }),
  );
}
function output(from: number): Buffer {
  const frames: Buffer[] = [];
  for (let at = from; at < printed.length; at += 32_768)
    frames.push(frame(130, Buffer.concat([numbers(BigInt(at)), printed.subarray(at, at + 32_768)])));
  return Buffer.concat(frames);
}
function print(text: string): void {
  const from = printed.length;
  printed = Buffer.concat([printed, Buffer.from(text)]);
  for (const socket of connections) socket.write(output(from));
}
function resize(cols: number, rows: number): void {
  for (const socket of connections) socket.write(frame(131, numbers(BigInt(printed.length), cols, rows)));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-shared-'));
  [id, printed, connections, ended] = [7n, Buffer.from('before '), [], 0];
  server = createServer((socket) => {
    connections.push(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      connections = connections.filter((other) => other !== socket);
    });
    socket.once('data', (hello: Buffer) => {
      const from = Math.min(Number(hello.readBigUInt64LE(7)), printed.length);
      socket.write(frame(129, numbers(0n, BigInt(printed.length), BigInt(from), 80, 24, id)));
      socket.write(output(from));
    });
  });
  const path = join(folder, 'shell.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const shell = { shell: socketDial(path), terminal: 0, nonce: 'n', screenFile: join(folder, 'none.json') };
  shared = new SharedTerminal(shell, () => {
    ended += 1;
  });
});
afterEach(() => {
  shared.close();
  for (const socket of connections) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

interface Read {
  line: HolderLine;
  text: string;
  log: unknown[];
  closed: boolean;
}

async function read(from = 0): Promise<Read> {
  const line = await shared.connect(from);
  const all: Read = { line, text: '', log: [], closed: false };
  line.onOutput = (bytes, offset) => {
    all.text += bytes.toString();
    all.log.push([offset, bytes.toString()]);
  };
  line.onGap = (missed) => all.log.push({ missed });
  line.onResized = (size) => all.log.push(size);
  line.onClose = () => {
    all.closed = true;
  };
  line.resume();
  return all;
}

async function until(condition: () => boolean): Promise<void> {
  expect(await reached(condition, WAIT_MS)).toBe(true);
}

it('gives a hundred readers what was printed before they came and what comes, over one connection', async () => {
  const readers = await Promise.all(Array.from({ length: 100 }, () => read()));
  print('now');
  await until(() => readers.every(({ text }) => text === 'before now'));
  const late = await read();
  const back = await read(7);
  await until(() => late.text === 'before now' && back.text === 'now');
  expect(late.line.welcome).toMatchObject({ id: '7', start: 0, cols: 80, rows: 24 });
  expect(connections.length).toBe(1);
  expect(late.line.write(Buffer.from('typed'))).toBe(false);
});

it('waits for nobody: one who has paused for too long gets a gap, the others everything', async () => {
  const slow = await read();
  const quick = await read();
  await until(() => slow.text === 'before ' && quick.text === 'before ');
  slow.line.pause();
  const part = 'x'.repeat(1_048_576);
  for (let n = 1; n <= 5; n++) {
    print(part);
    await until(() => quick.text.length === 7 + n * part.length);
  }
  expect(slow.text).toBe('before ');
  slow.line.resume();
  await until(() => slow.text.length === 7 + KEPT_BYTES);
  expect(slow.log[1]).toEqual({ missed: 5 * part.length - KEPT_BYTES });
  expect(quick.log.some((one) => !Array.isArray(one))).toBe(false);
});

it('tells a size before the byte that it holds from', async () => {
  const reader = await read();
  await until(() => reader.text === 'before ');
  print('wide');
  resize(100, 30);
  print('tall');
  await until(() => reader.text === 'before widetall');
  expect(reader.log.slice(1)).toEqual([[7, 'wide'], { cols: 100, rows: 30 }, [11, 'tall']]);
  expect((await read()).line.welcome).toMatchObject({ cols: 100, rows: 30 });
});

it('goes on where the connection broke, and lets all come again where another terminal is there', async () => {
  const reader = await read();
  await until(() => reader.text === 'before ');
  for (const socket of connections) socket.destroy();
  print('meanwhile');
  await until(() => reader.text === 'before meanwhile');
  expect(reader.closed).toBe(false);
  [id, printed] = [8n, Buffer.from('anew')];
  for (const socket of connections) socket.destroy();
  await until(() => reader.closed);
  const again = await read();
  await until(() => again.text === 'anew');
  expect(again.line.welcome.id).toBe('8');
});

it('says that the shell has ended, after its last words, and reads no more once it is closed', async () => {
  const reader = await read();
  print('bye');
  await until(() => reader.text === 'before bye');
  for (const socket of connections) socket.write(frame(133, Buffer.alloc(0)));
  await until(() => ended === 1);
  shared.close();
  await until(() => reader.closed && connections.length === 0);
});
