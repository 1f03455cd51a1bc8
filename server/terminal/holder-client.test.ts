// The framing of the holder's client, against a scripted holder.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { socketDial } from '../dial.ts';
import { HolderClient } from './holder-client.ts';

/** Far beyond what it takes. */
const WAIT_MS = 10_000;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function frame(type: number, ...parts: (Buffer | bigint | number)[]): Buffer {
  const payload = Buffer.concat(
    parts.map((part) => {
      if (Buffer.isBuffer(part)) return part;
      const bytes = Buffer.alloc(typeof part === 'bigint' ? 8 : 2);
      if (typeof part === 'bigint') bytes.writeBigUInt64LE(part);
      else bytes.writeUInt16LE(part);
      return bytes;
    }),
  );
  const head = Buffer.alloc(5);
  head.writeUInt32LE(payload.length);
  head[4] = type;
  return Buffer.concat([head, payload]);
}
const welcome = (start = 10n) => frame(129, 4n, 20n, start, 80, 24, 7n);
const output = (at: bigint, text: string) => frame(130, at, Buffer.from(text));

async function holder(): Promise<{ path: string; connection: Promise<Socket>; received: Buffer[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-holder-'));
  const server = createServer();
  const path = join(folder, 'shell.sock');
  const received: Buffer[] = [];
  const connection = once(server, 'connection').then(([socket]: Socket[]) => {
    socket?.on('data', (bytes: Buffer) => received.push(bytes));
    socket?.on('error', () => {});
    closers.push(() => socket?.destroy());
    return socket as Socket;
  });
  closers.push(() => (server.close(), rmSync(folder, { recursive: true })));
  server.listen(path);
  await once(server, 'listening');
  return { path, connection, received };
}

async function connected(role: 'owner' | 'watcher' = 'owner') {
  const { path, connection, received } = await holder();
  const connecting = HolderClient.connect(socketDial(path), { role, from: 10 });
  const socket = await connection;
  socket.write(welcome());
  const client = await connecting;
  const log: unknown[] = [];
  client.onOutput = (bytes, offset) => log.push([offset, bytes.toString()]);
  client.onGap = (missed) => log.push({ missed });
  client.onResized = (size) => log.push(size);
  client.onTaken = (total) => log.push({ total });
  client.onClose = (error) => log.push({ closed: (error as { code?: string } | undefined)?.code ?? null });
  const sent = () => Buffer.concat(received);
  return { client, socket, log, sent };
}

/** What was typed, without the HELLO and the frames' heads. */
function typed(bytes: Buffer): string {
  let text = '';
  for (let at = 15; at + 5 <= bytes.length; at += 5 + bytes.readUInt32LE(at)) {
    expect(bytes[at + 4]).toBe(2);
    text += bytes.toString('latin1', at + 5, at + 5 + bytes.readUInt32LE(at));
  }
  return text;
}

describe('connecting', () => {
  it('says HELLO and resolves with the WELCOME, paused', async () => {
    const { client, socket, log, sent } = await connected('watcher');
    await vi.waitFor(() => expect(sent()).toEqual(frame(1, Buffer.from([2, 1]), 10n)), WAIT_MS);
    expect(client.welcome).toEqual({ id: '7', oldest: 4, next: 20, start: 10, cols: 80, rows: 24 });
    socket.write(output(10n, 'x'));
    await turn();
    expect(log).toEqual([]);
    client.resume();
    await vi.waitFor(() => expect(log).toEqual([[10, 'x']]), WAIT_MS);
  });

  it('rejects where nothing listens, where the holder hangs up, and at an abort', async () => {
    await expect(HolderClient.connect(socketDial('/nowhere/shell.sock'), { role: 'owner', from: 0 })).rejects.toThrow(
      /ENOENT/,
    );
    const hangingUp = await holder();
    hangingUp.connection.then((socket) => socket.once('data', () => socket.end()));
    await expect(HolderClient.connect(socketDial(hangingUp.path), { role: 'owner', from: 'live' })).rejects.toThrow(
      'closed the connection',
    );
    const silent = await holder();
    await expect(
      HolderClient.connect(socketDial(silent.path), { role: 'owner', from: 0, signal: AbortSignal.timeout(20) }),
    ).rejects.toThrow(/timeout/);
  });
});

describe('reading', () => {
  const stream = Buffer.concat([
    output(10n, 'hello'),
    frame(131, 15n, 100, 30),
    frame(132, 5n),
    output(20n, 'a'.repeat(32_768)),
    frame(134, 0n),
    output(32_788n, 'z'),
  ]);

  it.each([1, 2, 7, 4096, stream.length])('gives the same events whatever the chunks, here of %i', async (size) => {
    const { client, socket, log } = await connected();
    client.resume();
    for (let at = 0; at < stream.length; at += size) {
      if (!socket.write(stream.subarray(at, at + size))) await once(socket, 'drain');
      if (at % 64 === 0 && at < 1024) await turn();
    }
    await vi.waitFor(() => expect(log.at(-1)).toEqual([32_788, 'z']), WAIT_MS);
    let next = 10;
    const others: unknown[] = [];
    for (const entry of log) {
      if (!Array.isArray(entry)) others.push(entry);
      else expect(entry[0]).toBe(next);
      next += Array.isArray(entry) ? entry[1].length : ((entry as { missed?: number }).missed ?? 0);
    }
    expect(next).toBe(32_789);
    expect(others).toEqual([{ cols: 100, rows: 30 }, { missed: 5 }, { total: 0 }]);
  });

  it('tells a size right before the output that it holds for, however early it was told of it', async () => {
    const { client, socket, log } = await connected();
    client.resume();
    socket.write(Buffer.concat([frame(131, 12n, 90, 20), frame(131, 15n, 100, 30), output(10n, 'hello')]));
    await vi.waitFor(() => expect(log).toHaveLength(4), WAIT_MS);
    expect(log).toEqual([[10, 'he'], { cols: 90, rows: 20 }, [12, 'llo'], { cols: 100, rows: 30 }]);
    socket.write(Buffer.concat([frame(131, 18n, 80, 24), frame(132, 5n), output(20n, 'x')]));
    await vi.waitFor(() => expect(log).toHaveLength(7), WAIT_MS);
    expect(log.slice(4)).toEqual([{ missed: 5 }, { cols: 80, rows: 24 }, [20, 'x']]);
  });

  it('stops within a chunk when paused, and goes on where it stopped', async () => {
    const { client, socket, log } = await connected();
    client.onOutput = (bytes, offset) => (log.push([offset, bytes.toString()]), client.pause());
    client.resume();
    socket.write(Buffer.concat([output(10n, 'a'), output(11n, 'b'), output(12n, 'c')]));
    await vi.waitFor(() => expect(log).toEqual([[10, 'a']]), WAIT_MS);
    client.resume();
    expect(log).toEqual([
      [10, 'a'],
      [11, 'b'],
    ]);
  });

  it.each<[string, Buffer]>([
    ['an unknown type', frame(99)],
    ['a frame that is too big', Buffer.from([0xff, 0xff, 0xff, 0x7f, 130])],
    ['an empty OUTPUT', frame(130, 10n)],
    ['a WELCOME of another length', frame(132, 1)],
    ['a second WELCOME', welcome()],
    ['a hole in the byte numbers', output(11n, 'x')],
    ['more taken than was sent', frame(134, 1n)],
  ])('closes with an error at %s', async (_, bytes) => {
    const { client, socket, log } = await connected();
    client.resume();
    socket.write(bytes);
    await vi.waitFor(() => expect(log).toEqual([{ closed: 'holder-protocol' }]), WAIT_MS);
    await vi.waitFor(() => expect(socket.destroyed).toBe(true), WAIT_MS);
  });

  it('tells its end once, without an error only when it was asked for', async () => {
    const asked = await connected();
    asked.client.close();
    asked.client.close();
    expect(asked.log).toEqual([{ closed: null }]);
    const hungUp = await connected();
    hungUp.client.resume();
    await vi.waitFor(() => expect(hungUp.sent()).toHaveLength(15), WAIT_MS);
    hungUp.socket.end();
    await vi.waitFor(() => expect(hungUp.log).toEqual([{ closed: 'holder-closed' }]), WAIT_MS);
  });
});

describe('writing', () => {
  const WINDOW = 1_048_576 - 4096;

  it('keeps less than 1 MiB that is not TAKEN, and loses nothing', async () => {
    const { client, socket, sent } = await connected();
    client.resume();
    const paste = Array.from({ length: 300_000 }, (_, n) => `${n}\n`).join('');
    expect(client.write(Buffer.from(paste))).toBe(true);
    await vi.waitFor(() => expect(typed(sent())).toHaveLength(WINDOW), WAIT_MS);
    for (let taken = 262_144; taken < paste.length; taken += 262_144) {
      socket.write(frame(134, BigInt(taken)));
      await vi.waitFor(() => expect(typed(sent())).toHaveLength(Math.min(paste.length, taken + WINDOW)), 10_000);
    }
    expect(typed(sent()) === paste).toBe(true);
  });

  it('lets a Ctrl-C past a full window and throws away what waited before it', async () => {
    const { client, socket, sent } = await connected();
    client.resume();
    client.write(Buffer.alloc(WINDOW, 'a'));
    client.write(Buffer.alloc(50_000, 'b'));
    client.write(Buffer.from('cc\x03d'));
    await vi.waitFor(() => expect(typed(sent())).toHaveLength(WINDOW + 1), WAIT_MS);
    socket.write(frame(134, 262_144n));
    await vi.waitFor(() => expect(typed(sent()).slice(WINDOW)).toBe('\x03d'), WAIT_MS);
  });

  it('refuses whole what its queue has no room for', async () => {
    const { client } = await connected();
    expect(client.write(Buffer.alloc(9 << 20))).toBe(false);
    expect(client.write(Buffer.from('a'))).toBe(true);
  });

  it('resizes within the holder’s limits, and neither types nor resizes as a watcher', async () => {
    const { client, sent } = await connected();
    client.resize(100.7, 99_999);
    await vi.waitFor(() => expect(sent().subarray(15)).toEqual(frame(3, 100, 2000)), WAIT_MS);
    const watcher = await connected('watcher');
    expect(() => watcher.client.write(Buffer.from('a'))).toThrow('watcher');
    expect(() => watcher.client.resize(1, 1)).toThrow('watcher');
  });
});
