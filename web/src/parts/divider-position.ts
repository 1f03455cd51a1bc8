// Where a divider may stand, in percent of the first part's share, and where that is remembered: between lesson and terminal
// beside each other or stacked, and between terminal and map.

export type Arrangement = 'beside' | 'stacked' | 'map';
type Limits = { least: number; most: number; first: number };

// Stacked on a phone, the terminal keeps at least 45 % of the height, bar and keys included.
export const limits: Record<Arrangement, Limits> = {
  beside: { least: 25, most: 70, first: 44 },
  stacked: { least: 25, most: 50, first: 46 },
  map: { least: 20, most: 75, first: 46 },
};

export const within = (share: number, { least, most }: Limits): number => Math.min(most, Math.max(least, share));

/** Where a key moves the divider; null for a key that does not. */
export function moveByKey(key: string, share: number, arrangement: Arrangement): number | null {
  const { least, most } = limits[arrangement];
  const [less, more] = arrangement === 'beside' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  if (key === 'Home') return least;
  if (key === 'End') return most;
  if (key === less) return within(share - 2, limits[arrangement]);
  if (key === more) return within(share + 2, limits[arrangement]);
  return null;
}

const storageKey = (arrangement: Arrangement) => `slipway.share.${arrangement}`;

export function rememberedShare(arrangement: Arrangement): number {
  try {
    const share = Number.parseFloat(localStorage.getItem(storageKey(arrangement)) ?? '');
    if (Number.isFinite(share)) return within(share, limits[arrangement]);
  } catch {
    // Storage may be switched off.
  }
  return limits[arrangement].first;
}

export function rememberShare(arrangement: Arrangement, share: number): void {
  try {
    localStorage.setItem(storageKey(arrangement), share.toFixed(1));
  } catch {
    // Storage may be switched off or full.
  }
}
