// What a carrier may say and what it may not; the real one is in tests/docker/transport.test.ts.

import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it, vi } from 'vitest';
import { Carrier, type Program } from './carrier.ts';
import { Channel, WINDOW } from './carrier-channel.ts';

/** Far beyond what it takes. */
const WAIT_MS = 10_000;

const [OPEN, OPENED, DATA, END, CLOSE, CREDIT, HELLO] = [1, 2, 3, 4, 5, 6, 9];
const DOOR = 0x8000_0000;

function frame(type: number, id: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8);
  head[0] = type;
  head.writeUIntLE(payload.length, 1, 3);
  head.writeUInt32LE(id, 4);
  return Buffer.concat([head, payload]);
}

/** The other side, played by the test. */
class Played implements Program {
  readonly #heard: Buffer[] = [];
  readonly input = new Writable({
    highWaterMark: 4 * WINDOW,
    write: (bytes: Buffer, _encoding, done) => {
      this.#heard.push(bytes);
      done();
    },
  });
  say: (bytes: Buffer) => void = () => {};
  hangUp: (said: string) => void = () => {};
  ended = false;
  readonly doors: Channel[] = [];
  over = false;

  onOutput(listener: (bytes: Buffer) => void): void {
    this.say = listener;
  }
  onEnd(listener: (said: string) => void): void {
    this.hangUp = listener;
  }
  end(): void {
    this.ended = true;
  }

  async carrier(): Promise<Carrier> {
    const onEnd = () => {
      this.over = true;
    };
    const opening = Carrier.open(this, { onDoor: (channel) => this.doors.push(channel), onEnd });
    this.say(frame(HELLO, 0, Buffer.of(1)));
    return opening;
  }

  /** Frames that it has been told since the last call. */
  async told(): Promise<{ type: number; id: number; payload: Buffer }[]> {
    await new Promise((resolve) => setImmediate(resolve));
    const frames = [];
    for (let bytes = Buffer.concat(this.#heard.splice(0)); bytes.length > 0; ) {
      const length = bytes.readUIntLE(1, 3);
      frames.push({ type: bytes[0] ?? 0, id: bytes.readUInt32LE(4), payload: bytes.subarray(8, 8 + length) });
      bytes = bytes.subarray(8 + length);
    }
    return frames;
  }
}

function connected(carrier: Carrier): Channel {
  const channel = new Channel();
  channel.on('error', () => {});
  carrier.connect(channel, 2);
  return channel;
}

it('carries a connection, also in frames that come in pieces', async () => {
  const played = new Played();
  const channel = connected(await played.carrier());
  const opened = vi.fn();
  channel.on('connect', opened);
  channel.end('question');
  expect(await played.told()).toMatchObject([
    { type: OPEN, id: 1, payload: Buffer.of(2) },
    { type: DATA, id: 1, payload: Buffer.from('question') },
    { type: END, id: 1 },
  ]);
  const answer = Buffer.concat([frame(OPENED, 1), frame(DATA, 1, Buffer.from('answer')), frame(END, 1)]);
  for (const byte of answer) played.say(Buffer.of(byte));
  expect(await text(channel)).toBe('answer');
  expect(opened).toHaveBeenCalledOnce();
});

it('sends no more than the window, and goes on with credit', async () => {
  const played = new Played();
  const channel = connected(await played.carrier());
  channel.write(Buffer.alloc(WINDOW + 5));
  const sent = async () =>
    (await played.told()).reduce((sum, { type, payload }) => sum + (type === DATA ? payload.length : 0), 0);
  expect(await sent()).toBe(WINDOW);
  const credit = Buffer.alloc(4);
  credit.writeUInt32LE(3);
  played.say(frame(CREDIT, 1, credit));
  expect(await sent()).toBe(3);
});

it('gives credit for what has been read, and none for what waits', async () => {
  const played = new Played();
  const channel = connected(await played.carrier());
  for (let sent = 0; sent < WINDOW; sent += 32_768) played.say(frame(DATA, 1, Buffer.alloc(32_768)));
  const credit = async () =>
    (await played.told()).reduce((sum, { type, payload }) => sum + (type === CREDIT ? payload.readUInt32LE() : 0), 0);
  const early = await credit();
  expect(early).toBeLessThan(WINDOW);
  channel.resume();
  await vi.waitFor(async () => expect(channel.readableLength).toBe(0), WAIT_MS);
  expect(early + (await credit())).toBeGreaterThan(WINDOW / 2);
});

it('tells a service that refuses, one that hangs up, and hands on who comes to the door', async () => {
  const played = new Played();
  const carrier = await played.carrier();
  const [refused, reset] = [connected(carrier), connected(carrier)];
  const failures: unknown[] = [];
  for (const channel of [refused, reset])
    channel.on('error', (error) => failures.push((error as { code?: string }).code));
  played.say(Buffer.concat([frame(CLOSE, 1, Buffer.of(1)), frame(CLOSE, 2, Buffer.of(0)), frame(OPEN, DOOR)]));
  await vi.waitFor(() => expect(failures).toEqual(['ECONNREFUSED', 'ECONNRESET']), WAIT_MS);
  expect(played.doors).toHaveLength(1);
  played.doors[0]?.destroy();
  expect((await played.told()).at(-1)).toMatchObject({ type: CLOSE, id: DOOR });
  // What comes for a channel that is over means nothing.
  played.say(frame(DATA, DOOR, Buffer.from('late')));
  expect(played.over).toBe(false);
});

it.each([
  ['an unknown frame', frame(77, 0)],
  ['a frame that is too long', frame(DATA, 1, Buffer.alloc(40_000))],
  ['a long payload where none is due', frame(CREDIT, 1, Buffer.alloc(64))],
  ['more credit than was used', frame(CREDIT, 1, Buffer.of(1, 0, 0, 0))],
  ['a door with an id of ours', frame(OPEN, 1)],
  ['more data than was allowed', Buffer.concat(Array.from({ length: 9 }, () => frame(DATA, 1, Buffer.alloc(32_768))))],
])('%s ends it, and all that goes through it', async (_, bytes) => {
  const played = new Played();
  const carrier = await played.carrier();
  const channel = connected(carrier);
  played.say(bytes);
  expect(played).toMatchObject({ over: true, ended: true });
  await vi.waitFor(() => expect(channel.destroyed).toBe(true), WAIT_MS);
  const late = connected(carrier);
  expect(late.destroyed).toBe(true);
});

it('is not opened by another version, nor by a program that ends', async () => {
  const other = new Played();
  const opening = Carrier.open(other, { onDoor: () => {}, onEnd: () => {} });
  other.say(frame(HELLO, 0, Buffer.of(2)));
  await expect(opening).rejects.toMatchObject({ code: 'carrier-away', message: expect.stringContaining('version 2') });
  const gone = new Played();
  const dying = Carrier.open(gone, { onDoor: () => {}, onEnd: () => {} });
  gone.hangUp('no such file');
  await expect(dying).rejects.toThrow('no such file');
});
