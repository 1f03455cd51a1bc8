import type { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import * as ws from 'ws';
import { OutputFrames } from './output-frames.ts';

const MOST_BYTES = 65_532;
/** ws's own reader of frames, which its types leave out. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };

/** A connection that keeps its frames until it is told that they are written, and the page's side of it. */
function slowConnection() {
  const written: (() => void)[] = [];
  const chunks: Buffer[] = [];
  const output = new OutputFrames({
    write: (chunk: Buffer, done: () => void) => {
      chunks.push(chunk);
      written.push(done);
      return true;
    },
  } as never);
  /** What the page has when all that was written has come. */
  const frames = (): Buffer[] => {
    const got: Buffer[] = [];
    const receiver = new Receiver({ isServer: false });
    receiver.on('message', (data: Buffer, binary: boolean) => {
      expect(binary).toBe(true);
      got.push(data);
    });
    receiver.write(Buffer.concat(chunks));
    return got;
  };
  return { output, frames, lengths: () => frames().map(({ length }) => length), written };
}
const numbered = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, index) => index % 251));

test('what came together leaves in one frame', () => {
  const { output, frames } = slowConnection();
  for (const word of ['one ', 'two ', 'three']) output.add(Buffer.from(word));
  expect(frames()).toEqual([]);
  output.flush();
  output.flush();
  expect(frames().map(String)).toEqual(['one two three']);
});

test.each([1, 125, 126, 4095, 4096, 4097, MOST_BYTES])('%i bytes are a frame', (length) => {
  const { output, frames } = slowConnection();
  output.add(numbered(length));
  output.flush();
  expect(frames()).toHaveLength(1);
  expect(frames()[0]?.equals(numbered(length))).toBe(true);
});

test('more than a frame holds is cut, in order', () => {
  const { output, frames, lengths } = slowConnection();
  output.add(numbered(200_000));
  output.flushAll();
  expect(lengths()).toEqual([MOST_BYTES, MOST_BYTES, MOST_BYTES, 200_000 - 3 * MOST_BYTES]);
  expect(Buffer.concat(frames()).equals(numbered(200_000))).toBe(true);
});

test('a frame that is not written yet is not written over', () => {
  const { output, frames } = slowConnection();
  const all = numbered(1_000_000);
  for (let at = 0; at < all.length; at += 30_000) {
    output.add(all.subarray(at, at + 30_000));
    output.flush();
  }
  output.flushAll();
  expect(Buffer.concat(frames()).equals(all)).toBe(true);
});

test('to a slow page output leaves in full frames, and the rest when it has read one', () => {
  const { output, frames, lengths, written } = slowConnection();
  const all = numbered(70_000);
  for (let at = 0; at < all.length; at += 1000) {
    output.add(all.subarray(at, at + 1000));
    output.flush();
  }
  expect(lengths()).toEqual([1000, 1000, MOST_BYTES]);
  for (const done of written.slice(0, 2)) done();
  expect(lengths()).toEqual([1000, 1000, MOST_BYTES, 70_000 - MOST_BYTES - 2000]);
  expect(Buffer.concat(frames()).equals(all)).toBe(true);
});

test('what has not left is forgotten with the page', () => {
  const { output, frames } = slowConnection();
  output.add(Buffer.from('gone'));
  output.clear();
  output.flushAll();
  expect(frames()).toEqual([]);
});
