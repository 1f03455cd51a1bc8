// Light or dark, as somebody has chosen it in this browser.

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'slipway.theme';

export function rememberedTheme(): Theme {
  try {
    const theme = localStorage.getItem(KEY);
    return themes.find((one) => one === theme) ?? 'system';
  } catch {
    return 'system'; // Storage may be switched off.
  }
}

export function rememberTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be switched off or full.
  }
}

export function putOn(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
