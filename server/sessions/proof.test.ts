import { expect, it } from 'vitest';
import { sampleOf } from './proof.ts';

const seven = [0, 1, 2, 3, 4, 5, 6];
const sampled = (all: readonly number[], oneIn: number, seed: number) => sampleOf(all, { oneIn, seed });

it('takes one in so many, in their order, and all of them in turn', () => {
  expect(sampled(seven, 4, 0)).toEqual([0, 4]);
  expect(sampled(seven, 4, 7)).toEqual([3]);
  const seen = [0, 1, 2, 3].flatMap((seed) => sampled(seven, 4, seed));
  expect(seen.toSorted()).toEqual(seven);
  expect(sampleOf(seven, null)).toEqual(seven);
});

it('leaves nothing without any', () => {
  for (const seed of [0, 1, 2, 3, 999_999]) {
    expect(sampled([0], 4, seed)).toEqual([0]);
    expect(sampled([0, 1], 4, seed)).toHaveLength(1);
    expect(sampled([], 4, seed)).toEqual([]);
  }
});
