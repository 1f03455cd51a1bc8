import { expect, it } from 'vitest';
import { jsonOf } from './json.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

it('is read from text and bytes', () => {
  expect(jsonOf('{"a":[1,null,"ä"]}')).toEqual({ a: [1, null, 'ä'] });
  expect(jsonOf(Buffer.from('"ä"'))).toBe('ä');
});

it('is nothing where it is none', () => {
  for (const text of ['', '<html>', '{"a":', '[1]]', '"\\']) expect(jsonOf(text)).toBeUndefined();
});

it('is nothing where it is deeper than any answer, and is not even parsed then', () => {
  expect(jsonOf(nested(100))).toBeDefined();
  expect(jsonOf(nested(101))).toBeUndefined();
  expect(jsonOf('{"a":'.repeat(101) + 1 + '}'.repeat(101))).toBeUndefined();
  const bytes = Buffer.from('['.repeat(4_000_000));
  const before = process.cpuUsage();
  for (let i = 0; i < 20; i += 1) expect(jsonOf(bytes)).toBeUndefined();
  const { user, system } = process.cpuUsage(before);
  // Parsed, each of them takes a second.
  expect(user + system).toBeLessThan(5_000_000);
});

it('has brackets in its words, and things beside each other, as many as it likes', () => {
  const words = '['.repeat(1_000);
  expect(jsonOf(JSON.stringify([words, `\\"${words}`, '\\']))).toEqual([words, `\\"${words}`, '\\']);
  expect(jsonOf(JSON.stringify(Array(1_000).fill([{}])))).toHaveLength(1_000);
});
