// Where a divider may stand, in percent of the first part's share, and where that is remembered.

import type { Arrangement } from './room.ts';

/** What the divider is between. */
export type Between = 'lesson-beside' | 'lesson-wide' | 'lesson-stacked' | 'map-below' | 'map-beside';
type Limits = { least: number; most: number; first: number; axis: 'x' | 'y' };

export const limits: Record<Between, Limits> = {
  'lesson-beside': { least: 25, most: 70, first: 44, axis: 'x' },
  /** Where the map stands beside the terminal: no line of text is as wide as it could be. */
  'lesson-wide': { least: 20, most: 60, first: 31, axis: 'x' },
  'lesson-stacked': { least: 20, most: 65, first: 46, axis: 'y' },
  'map-below': { least: 20, most: 75, first: 46, axis: 'y' },
  'map-beside': { least: 30, most: 70, first: 52, axis: 'x' },
};

/** What the line between lesson and workplace is. */
export function besideLesson({ lesson, map }: Arrangement): Between {
  if (lesson === 'stacked') return 'lesson-stacked';
  return map === 'beside' ? 'lesson-wide' : 'lesson-beside';
}

/** What the line between terminal and map is. */
export const besideMap = ({ map }: Arrangement): Between => (map === 'beside' ? 'map-beside' : 'map-below');

export const within = (share: number, { least, most }: Limits): number => Math.min(most, Math.max(least, share));

/** Where a key moves the divider; null for a key that does not. */
export function moveByKey(key: string, share: number, between: Between): number | null {
  const { least, most, axis } = limits[between];
  const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  if (key === 'Home') return least;
  if (key === 'End') return most;
  if (key === less) return within(share - 2, limits[between]);
  if (key === more) return within(share + 2, limits[between]);
  return null;
}

/** Whether the pointer, at this share, has been drawn so far that the first part, or the second, is put away. */
export function drawnAway(share: number, between: Between): 'first' | 'second' | null {
  const { least, most } = limits[between];
  if (share < least / 2) return 'first';
  return share > (most + 100) / 2 ? 'second' : null;
}

const storageKey = (between: Between) => `slipway.share.${between}`;

export function rememberedShare(between: Between): number {
  try {
    const share = Number.parseFloat(localStorage.getItem(storageKey(between)) ?? '');
    if (Number.isFinite(share)) return within(share, limits[between]);
  } catch {
    // Storage may be switched off.
  }
  return limits[between].first;
}

export function rememberShare(between: Between, share: number): void {
  try {
    localStorage.setItem(storageKey(between), share.toFixed(1));
  } catch {
    // Storage may be switched off or full.
  }
}
