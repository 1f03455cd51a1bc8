// Whether the map was shown last, remembered by this browser.

const KEY = 'slipway.map';

/** `otherwise` where nobody has chosen yet. */
export function rememberedOpen(otherwise: boolean): boolean {
  try {
    const chosen = localStorage.getItem(KEY);
    return chosen === null ? otherwise : chosen === 'open';
  } catch {
    // Storage may be switched off.
    return otherwise;
  }
}

export function rememberOpen(open: boolean): void {
  try {
    localStorage.setItem(KEY, open ? 'open' : 'closed');
  } catch {
    // Storage may be switched off or full.
  }
}
