import { expect, test } from 'vitest';
import { freeHeight } from './free-height.ts';

test('what a keyboard leaves is free; a zoomed page stays as it is', () => {
  expect(freeHeight({ height: 844, scale: 1 }, 844)).toBeNull();
  expect(freeHeight({ height: 843.4, scale: 1 }, 844)).toBeNull();
  expect(freeHeight({ height: 508, scale: 1 }, 844)).toBe(508);
  expect(freeHeight({ height: 422, scale: 2 }, 844)).toBeNull();
});
