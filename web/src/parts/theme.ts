// Light or dark: as the system has it, or as chosen, remembered by this browser.

import { effect, type Signal, signal } from '@preact/signals';
import { putOn, rememberedTheme, rememberTheme, type Theme } from './remembered-theme.ts';

export const theme: Signal<Theme> = signal(rememberedTheme());

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  rememberTheme(chosen);
}

/** Keeps the page in it. */
export function followTheme(): void {
  effect(() => putOn(theme.value));
}
