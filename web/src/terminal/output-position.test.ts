import { expect, test } from 'vitest';
import { OutputPosition } from './output-position.ts';

const text = (s: string) => new TextEncoder().encode(s);
const read = (position: OutputPosition, s: string) =>
  position.take(text(s)).map(({ bytes, old }) => `${old ? 'old' : 'new'} ${new TextDecoder().decode(bytes)}`);
const attached = (id: string, start: number, live?: number) =>
  ({
    type: 'terminal',
    id,
    start,
    nonce: 'n',
    missed: 0,
    follows: null,
    ...(live === undefined ? {} : { live }),
  }) as const;

test('a fresh page has nothing and clears nothing', () => {
  const position = new OutputPosition();
  expect(position.resumeFrom()).toBeNull();
  expect(position.attach(attached('a', 100))).toEqual({ clear: false });
  expect(read(position, 'hello')).toEqual(['new hello']);
  expect(position.resumeFrom()).toEqual({ id: 'a', from: 105 });
});

test('output before `live` is old, also within one frame', () => {
  const position = new OutputPosition();
  position.attach(attached('a', 0, 4));
  expect(read(position, 'ab')).toEqual(['old ab']);
  expect(read(position, 'cdef')).toEqual(['old cd', 'new ef']);
  expect(read(position, 'gh')).toEqual(['new gh']);
});

test('the same terminal goes on without clearing; bytes already shown are left out', () => {
  const position = new OutputPosition();
  position.attach(attached('a', 0));
  read(position, '0123456789');
  expect(position.attach(attached('a', 8, 12))).toEqual({ clear: false });
  expect(read(position, '8')).toEqual([]);
  expect(read(position, '9abcd')).toEqual(['old ab', 'new cd']);
  expect(position.resumeFrom()).toEqual({ id: 'a', from: 14 });
});

test('after a hole the screen goes on, or a picture takes its place, which is not counted', () => {
  const position = new OutputPosition();
  position.attach(attached('a', 0));
  read(position, '01');
  expect(position.attach(attached('a', 5, 6))).toEqual({ clear: false });
  expect(read(position, '567')).toEqual(['old 5', 'new 67']);
  expect(position.attach({ ...attached('a', 20, 22), picture: 5 })).toEqual({ clear: true });
  expect(read(position, 'pic')).toEqual(['old pic']);
  expect(read(position, 'tu01')).toEqual(['old tu', 'old 01']);
  expect(read(position, '2')).toEqual(['new 2']);
  expect(position.resumeFrom()).toEqual({ id: 'a', from: 23 });
});

test('another terminal clears the screen', () => {
  const position = new OutputPosition();
  position.attach(attached('a', 0));
  expect(position.attach(attached('b', 0))).toEqual({ clear: true });
  expect(position.resumeFrom()).toEqual({ id: 'b', from: 0 });
});

test('a gap is counted', () => {
  const position = new OutputPosition();
  position.attach(attached('a', 0));
  read(position, 'ab');
  position.skip(10);
  expect(position.resumeFrom()).toEqual({ id: 'a', from: 12 });
  expect(read(position, 'c')).toEqual(['new c']);
});
