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
    // Every third frame is written at once, the others stay.
    if (at % 90_000 === 0) frames.at(-1)?.written();
  }
  const stayed = frames.filter((_, index) => index % 3 !== 0).map(({ bytes }) => bytes);
  const expected = frames
    .map((_, index) => all.subarray(index * 30_000, (index + 1) * 30_000))
    .filter((_, index) => index % 3 !== 0);
  expect(Buffer.concat(stayed).equals(Buffer.concat(expected))).toBe(true);
});

test('more than a frame holds is cut, in order', () => {
  const { frames, socket } = slowSocket();
  const output = new OutputFrames(socket);
  const all = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => index % 251));
  output.add(all);
  output.flush();
  expect(frames.map(({ bytes }) => bytes.length)).toEqual([65_536, 65_536, 65_536, 200_000 - 3 * 65_536]);
  expect(Buffer.concat(frames.map(({ bytes }) => bytes)).equals(all)).toBe(true);
});
