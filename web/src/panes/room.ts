// Where the panes of a lesson stand, by the room that the window has: this file decides, the styles follow its words.

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

/** What was put away, or brought up, in this browser; null where nobody has chosen. */
export function keptOpen(pane: 'lesson' | 'map'): boolean | null {
  try {
    const kept = localStorage.getItem(`slipway.${pane}`);
    return kept === null ? null : kept === 'open';
  } catch {
    return null; // Storage may be switched off.
  }
}

export function keepOpen(pane: 'lesson' | 'map', open: boolean): void {
  try {
    localStorage.setItem(`slipway.${pane}`, open ? 'open' : 'closed');
  } catch {
    // Storage may be switched off or full.
  }
}
