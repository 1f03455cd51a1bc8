import { expect, test } from 'vitest';
import { OutputEnds } from './output-ends.ts';

const HALF = 32 * 1024;

/** What should be kept, by the plain way. */
function kept(all: Buffer): Buffer {
  return all.length <= 2 * HALF ? all : Buffer.concat([all.subarray(0, HALF), all.subarray(-HALF)]);
}

test.each([0, 1, HALF - 1, HALF, HALF + 1, 2 * HALF, 2 * HALF + 1, 3 * HALF, 200_003])(
  'keeps both ends of %i bytes, however they come',
  (length) => {
    const all = Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7919) % 251));
    for (const step of [1009, 4096, HALF, 65_536, 150_000]) {
      const ends = new OutputEnds();
      for (let at = 0; at < length; at += step) ends.push(all.subarray(at, at + step));
      expect(ends.bytes().equals(kept(all))).toBe(true);
    }
  },
);

test('keeps copies: what was pushed may be written over', () => {
  const ends = new OutputEnds();
  const chunk = Buffer.from('hello');
  ends.push(chunk);
  chunk.fill(0);
  expect(ends.bytes().toString()).toBe('hello');
});
