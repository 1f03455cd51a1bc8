// A page's input is taken at its rate, with a second's worth at once.

import { expect, it } from 'vitest';
import { InputPace } from './input-pace.ts';

it('lets a second’s worth through at once, and then so much a second', () => {
  const pace = new InputPace(1_000_000, 0);
  expect(pace.took(999_744, 0)).toBe(0);
  expect(pace.took(99_744, 0)).toBe(100);
  expect(pace.took(0, 100)).toBe(1);
  expect(pace.took(499_744, 1100)).toBe(0);
});

it('saves up no more than a second’s worth, and counts empty frames', () => {
  const pace = new InputPace(1_000_000, 0);
  expect(pace.took(999_744, 3_600_000)).toBe(0);
  let ms = 0;
  for (let frame = 0; frame < 1000; frame++) ms = pace.took(0, 3_600_000);
  expect(ms).toBe(256);
});
