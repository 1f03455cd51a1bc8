import { expect, test } from 'vitest';
import { arrangementFor } from './room.ts';

test('a phone and a zoomed page show one pane at a time', () => {
  for (const [width, height] of [
    [390, 844],
    [320, 640],
    [844, 390],
    [640, 360],
  ] as const)
    expect(arrangementFor(width, height)).toEqual({ lesson: 'tabs', map: 'tab' });
});

test('a tablet has lesson and terminal, and the map in the terminal’s place', () => {
  expect(arrangementFor(768, 1024)).toEqual({ lesson: 'stacked', map: 'tab' });
  expect(arrangementFor(1024, 768)).toEqual({ lesson: 'beside', map: 'tab' });
});

test('a laptop has the map below the terminal, a very wide window beside it', () => {
  expect(arrangementFor(1280, 720)).toEqual({ lesson: 'beside', map: 'below' });
  expect(arrangementFor(1440, 900)).toEqual({ lesson: 'beside', map: 'below' });
  expect(arrangementFor(1440, 600)).toEqual({ lesson: 'beside', map: 'tab' });
  expect(arrangementFor(2560, 1300)).toEqual({ lesson: 'beside', map: 'beside' });
});
