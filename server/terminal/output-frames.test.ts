import { expect, test } from 'vitest';
import { OutputFrames } from './output-frames.ts';

/** A socket that keeps its frames until it is told that they are written. */
function slowSocket() {
  const frames: { bytes: Buffer; written: () => void }[] = [];
  const send = (bytes: Buffer, _options: object, written: () => void = () => {}) =>
    void frames.push({ bytes, written });
  return { frames, socket: { send } as never };
}

test('what came together leaves in one frame', () => {
  const { frames, socket } = slowSocket();
  const output = new OutputFrames(socket);
  for (const word of ['one ', 'two ', 'three']) output.add(Buffer.from(word));
  expect(frames).toEqual([]);
  output.flush();
  output.flush();
  expect(frames.map(({ bytes }) => bytes.toString())).toEqual(['one two three']);
});

test('a frame that is not written yet is not written over', () => {
  const { frames, socket } = slowSocket();
  const output = new OutputFrames(socket);
  const all = Buffer.from(Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 253));
  for (let at = 0; at < all.length; at += 30_000) {
    output.add(all.subarray(at, at + 30_000));
    output.flush();
  }
  output.flushAll();
  expect(Buffer.concat(frames.map(({ bytes }) => bytes)).equals(all)).toBe(true);
});

test('to a slow page output leaves in full frames, and the rest when it has read one', () => {
  const { frames, socket } = slowSocket();
  const output = new OutputFrames(socket);
  const all = Buffer.from(Uint8Array.from({ length: 70_000 }, (_, index) => index % 249));
  for (let at = 0; at < all.length; at += 1000) {
    output.add(all.subarray(at, at + 1000));
    output.flush();
  }
  expect(frames.map(({ bytes }) => bytes.length)).toEqual([1000, 1000, 65_536]);
  for (const { written } of frames.slice(0, 2)) written();
  expect(frames.map(({ bytes }) => bytes.length)).toEqual([1000, 1000, 65_536, 70_000 - 67_536]);
  expect(Buffer.concat(frames.map(({ bytes }) => bytes)).equals(all)).toBe(true);
});

test('more than a frame holds is cut, in order', () => {
  const { frames, socket } = slowSocket();
  const output = new OutputFrames(socket);
  const all = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => index % 251));
  output.add(all);
  output.flushAll();
  expect(frames.map(({ bytes }) => bytes.length)).toEqual([65_536, 65_536, 65_536, 200_000 - 3 * 65_536]);
  expect(Buffer.concat(frames.map(({ bytes }) => bytes)).equals(all)).toBe(true);
});
