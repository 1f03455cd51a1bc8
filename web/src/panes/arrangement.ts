// Where the panes of a lesson stand, by the room that the window has: this file decides, the styles follow its words.

import { type ReadonlySignal, signal } from '@preact/signals';

/** Lesson and workplace: one at a time, above each other, or beside each other. */
export type LessonPlace = 'tabs' | 'stacked' | 'beside';
/** The map in the workplace: in the terminal's place, below it, or beside it. */
export type MapPlace = 'tab' | 'below' | 'beside';
export type Arrangement = { lesson: LessonPlace; map: MapPlace };

/** Pixels of CSS: a zoomed page is a small one. */
export function arrangementFor(width: number, height: number): Arrangement {
  if (width <= 760 || height <= 500) return { lesson: 'tabs', map: 'tab' };
  const lesson = width < 1024 && height > width ? 'stacked' : 'beside';
  if (lesson === 'stacked' || width < 1200 || height < 700) return { lesson, map: 'tab' };
  return { lesson, map: width >= 2200 ? 'beside' : 'below' };
}

/** Whether the map is there from the start, where nobody has chosen. */
export const hasRoomForMap = (width: number): boolean => width >= 1400;

const now = (): Arrangement => arrangementFor(innerWidth, innerHeight);
let watched: ReadonlySignal<Arrangement> | undefined;

/** Of this window, as it is now and later. */
export function arrangement(): ReadonlySignal<Arrangement> {
  if (watched) return watched;
  const current = signal(now());
  addEventListener('resize', () => {
    const { lesson, map } = now();
    if (lesson !== current.peek().lesson || map !== current.peek().map) current.value = { lesson, map };
  });
  watched = current;
  return current;
}
