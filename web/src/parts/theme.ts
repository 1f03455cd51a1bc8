// Light or dark: as the system has it, or as chosen, remembered by this browser.

import { effect, type Signal, signal } from '@preact/signals';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'slipway.theme';

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(KEY);
    return themes.find((one) => one === theme) ?? 'system';
  } catch {
    return 'system'; // Storage may be switched off.
  }
}

export const theme: Signal<Theme> = signal(remembered());

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Storage may be switched off or full.
  }
}

/** Keeps the page in it. */
export function followTheme(): void {
  effect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
  });
}
