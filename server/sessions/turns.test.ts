// Nothing overlaps, and what fails holds up nothing.

import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('takes work one after the other, also after a failure', async () => {
  const turns = new Turns();
  const told: string[] = [];
  const work = (name: string, end: () => void = () => {}) =>
    turns.take(async () => {
      told.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      told.push(`${name} ends`);
      end();
      return name;
    });
  const first = work('first', () => {
    throw new Error('no');
  });
  const second = work('second');
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe('second');
  expect(told).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});
