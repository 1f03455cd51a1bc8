import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DRAWN_WITHIN_MS, Drawing } from './drawing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begun(drawing: Drawing): { isOver: boolean } {
  const seen = { isOver: false };
  void drawing.begin().then(() => {
    seen.isOver = true;
  });
  return seen;
}

it('is over when the page says so, and not before', async () => {
  const drawing = new Drawing();
  // Of a page of before, whose word counts for nothing that begins later.
  drawing.end();
  const seen = begun(drawing);
  await vi.advanceTimersByTimeAsync(DRAWN_WITHIN_MS - 1);
  expect(seen.isOver).toBe(false);
  drawing.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.isOver).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('is over after a while where no page says anything', async () => {
  const seen = begun(new Drawing());
  await vi.advanceTimersByTimeAsync(DRAWN_WITHIN_MS);
  expect(seen.isOver).toBe(true);
});

it('is over when another one begins', async () => {
  const drawing = new Drawing();
  const [first, second] = [begun(drawing), begun(drawing)];
  await vi.advanceTimersByTimeAsync(0);
  expect([first.isOver, second.isOver]).toEqual([true, false]);
});
