// Frames that are malformed, huge, late, repeated or out of order: the socket is closed with a code, or takes no harm.

import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, MAX_TERMINALS } from '../../../protocol/limits.ts';
import { clientMessageSchema, closeCodes, PROTOCOL_VERSION } from '../../../protocol/socket.ts';
import { BINARY, frame, HELLO, PING, RawWebSocket, TEXT } from '../../support/raw-web-socket.ts';
import { type Place, saying } from './place.ts';

const hello = { type: 'hello', version: PROTOCOL_VERSION, terminal: null, cols: 80, rows: 24, lead: true };
const messages = {
  hello,
  resize: { type: 'resize', cols: 80, rows: 24 },
  lead: { type: 'lead', cols: 80, rows: 24 },
  ack: { type: 'ack', bytes: 1 },
  map: { type: 'map', shown: false },
  ping: { type: 'ping' },
};
const { badFrame, unknownVersion } = closeCodes;
/** The WebSocket protocol's own: what is no frame, or one that is too large. */
const NO_FRAME = 1002;

/** A key that changes nothing at an empty prompt. */
const HOME = '\x01';
/** JSON may have any number of spaces. */
const padded = (message: object, bytes: number) => JSON.stringify(message).padEnd(bytes, ' ');
const other = (value: unknown) => (typeof value === 'number' ? 'x' : typeof value === 'boolean' ? 1 : [value]);

export function badMessages(place: () => Place): void {
  const refusal = (socket: WebSocket) =>
    new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
      socket.on('open', () => resolve(101));
      socket.on('error', () => {});
    });

  it('are refused from a foreign Origin, without an Origin and without a session', async () => {
    const { learner } = place();
    expect(await refusal(learner.socket({ origin: 'https://example.com' }))).toBe(403);
    expect(await refusal(learner.socket({ cookie: '' }))).toBe(404);
    expect(await refusal(learner.socket({ cookie: 'slipway_session=AAAAAAAAAAAAAAAAAAAAAA' }))).toBe(404);
    expect(await refusal(learner.socket())).toBe(101);
  });

  it('are tried of every kind', () => {
    expect(clientMessageSchema.options.map(({ shape }) => shape.type.value).sort()).toEqual(
      Object.keys(messages).sort(),
    );
  });

  it.each(Object.entries(messages))('%s: malformed, huge, early, late and often', async (kind, message) => {
    const first = kind === 'hello' ? [] : [hello];
    const well = (...frames: (string | object)[]) => saying(place(), [...first, ...frames]);
    for (const key of Object.keys(message)) {
      const { [key as 'type']: value, ...rest } = message;
      expect(await well(rest), `without ${key}`).toBe(badFrame);
      expect(await well({ ...rest, [key]: other(value) }), `another ${key}`).toBe(badFrame);
    }
    expect(await well({ ...message, more: 1 }), 'more').toBe(badFrame);
    expect(await well(padded(message, MAX_MESSAGE_BYTES + 1)), 'huge').toBe(badFrame);
    expect(await well(padded(message, MAX_MESSAGE_BYTES)), 'just not huge').toBeNull();
    expect(await well(JSON.stringify(message).slice(0, -1)), 'half').toBe(badFrame);
    if (kind === 'hello') return expect(await well(message, message), 'twice').toBe(badFrame);
    expect(await saying(place(), [message, hello]), 'before the hello').toBe(badFrame);
    expect(await well(...new Array<object>(300).fill(message)), 'often').toBeNull();
  });

  it.each<[string, (string | Buffer | object)[], number | null]>([
    ['no JSON', ['nonsense'], badFrame],
    ['JSON that is no object', ['null'], badFrame],
    ['text that is no UTF-8', ['"\ud800"'], badFrame],
    ['an unknown type', [{ type: 'fly' }], badFrame],
    ['another version', [{ ...hello, version: 99 }], unknownVersion],
    ['another version with other words', [{ type: 'hello', version: 1, more: 1 }], unknownVersion],
    ['keys before the hello', [Buffer.from('ls\r')], badFrame],
    ['an acknowledgement of nothing', [hello, { type: 'ack', bytes: 0 }], badFrame],
    ['an acknowledgement of what was never sent', [hello, { type: 'ack', bytes: 2 ** 50 }], null],
    ['a byte number from the future', [{ ...hello, terminal: { id: '1', from: 2 ** 50 } }], null],
    ['no columns', [hello, { type: 'resize', cols: 0, rows: 24 }], badFrame],
    ['no rows', [hello, { type: 'resize', cols: 80, rows: 0 }], badFrame],
    ['65535 columns', [hello, { type: 'resize', cols: 65_535, rows: 24 }], badFrame],
    ['a hello of 65535 rows', [{ ...hello, rows: 65_535 }], badFrame],
    ['the smallest screen', [hello, { type: 'resize', cols: 1, rows: 1 }], null],
    ['the largest screen', [hello, { type: 'resize', cols: 1000, rows: 1000 }], null],
    ['a text frame of 10 kB', [hello, `"${'x'.repeat(10_000)}"`], badFrame],
    ['a frame that is too large', [hello, Buffer.alloc(MAX_FRAME_BYTES + 1, HOME)], closeCodes.frameTooLarge],
    ['a frame that is just not too large', [hello, Buffer.alloc(MAX_FRAME_BYTES, HOME)], null],
  ])('%s', async (_, frames, code) => {
    expect(await saying(place(), frames)).toBe(code);
    await place().isWell();
  });

  it.each<[string, Buffer[], number]>([
    ['without a mask', [frame(TEXT, '{"type":"ping"}', { masked: false })], NO_FRAME],
    ['of a reserved kind', [frame(5, '')], NO_FRAME],
    ['that goes on with nothing', [frame(0, 'x')], NO_FRAME],
    ['that is a ping of 126 bytes', [frame(PING, 'x'.repeat(126))], NO_FRAME],
    ['with a text that is no UTF-8', [frame(TEXT, Buffer.from([0xff, 0xfe]))], badFrame],
    [
      'in parts that together are too large',
      [
        frame(BINARY, '', { final: false }),
        ...new Array<Buffer>(70).fill(frame(0, 'x'.repeat(1000), { final: false })),
      ],
      closeCodes.frameTooLarge,
    ],
  ])('a frame %s', async (_, frames, code) => {
    using raw = await RawWebSocket.open(place().server, place().learner.cookie);
    raw.send(HELLO, ...frames);
    expect(await raw.closeCode()).toBe(code);
    await place().isWell();
  });

  it('a terminal that is not there', async () => {
    for (const terminal of [MAX_TERMINALS, -1, 1.5, 'x', '1e400']) {
      const socket = place().learner.socket({ terminal });
      const code = await new Promise((resolve) => socket.on('close', resolve));
      expect(code, String(terminal)).toBe(closeCodes.noTerminal);
    }
  });
}
