// The terminal's colours in three schemes: light and dark in the page's own palette, and high contrast.

import type { ITheme } from '@xterm/xterm';
import { theme } from '../parts/theme.ts';
import type { Look } from './remembered-look.ts';

export type Scheme = 'light' | 'dark' | 'contrast';
/** Of what a search has found: all of it, and the one that was gone to. */
export type FoundColours = { match: string; matchBorder: string; found: string };

const dark: ITheme = {
  background: '#08161a',
  foreground: '#dfe6e1',
  cursor: '#f2b56b',
  cursorAccent: '#08161a',
  selectionBackground: '#2b5a63',
  selectionInactiveBackground: '#1f424a',
  black: '#12292f',
  red: '#f08d7e',
  green: '#8ccf9f',
  yellow: '#e8c07a',
  blue: '#86b7ea',
  magenta: '#d3a3d8',
  cyan: '#7fd0c8',
  white: '#d5ddd8',
  brightBlack: '#78929a',
  brightRed: '#ffab9d',
  brightGreen: '#aee6bd',
  brightYellow: '#f7d799',
  brightBlue: '#aacff7',
  brightMagenta: '#e8c1ec',
  brightCyan: '#a3e7e0',
  brightWhite: '#f7fbf8',
};

const light: ITheme = {
  background: '#fffdf8',
  foreground: '#14343b',
  cursor: '#a8480f',
  cursorAccent: '#fffdf8',
  selectionBackground: '#c4e0dc',
  selectionInactiveBackground: '#dfe9e4',
  black: '#14343b',
  red: '#a8321f',
  green: '#24683c',
  yellow: '#7d5a00',
  blue: '#1d5794',
  magenta: '#7b3a86',
  cyan: '#0d6863',
  white: '#5d6f70',
  brightBlack: '#566a6d',
  brightRed: '#b83a25',
  brightGreen: '#2a7446',
  brightYellow: '#8a6400',
  brightBlue: '#2464a8',
  brightMagenta: '#8a4496',
  brightCyan: '#11726c',
  brightWhite: '#14343b',
};

const contrast: ITheme = {
  background: '#000000',
  foreground: '#ffffff',
  cursor: '#ffff00',
  cursorAccent: '#000000',
  selectionBackground: '#ffff00',
  selectionForeground: '#000000',
  black: '#000000',
  red: '#ff9d9d',
  green: '#7dff7d',
  yellow: '#ffff66',
  blue: '#9dc8ff',
  magenta: '#ffa8ff',
  cyan: '#7fffff',
  white: '#ffffff',
  brightBlack: '#d0d0d0',
  brightRed: '#ffbdbd',
  brightGreen: '#b0ffb0',
  brightYellow: '#ffffa6',
  brightBlue: '#c0dcff',
  brightMagenta: '#ffc8ff',
  brightCyan: '#b8ffff',
  brightWhite: '#ffffff',
};

export const themes: Record<Scheme, ITheme> = { light, dark, contrast };

export const foundColours: Record<Scheme, FoundColours> = {
  light: { match: '#f3dca8', matchBorder: '#96420f', found: '#ffb95e' },
  dark: { match: '#4a3d17', matchBorder: '#f2b56b', found: '#8a5a14' },
  contrast: { match: '#003f7f', matchBorder: '#ffffff', found: '#7f0000' },
};

const asks = { dark: '(prefers-color-scheme: dark)', contrast: '(prefers-contrast: more)' };

/** The scheme that is meant: what was chosen, else what the page has. */
export function schemeOf(colours: Look['colours']): Scheme {
  if (colours !== 'page') return colours;
  if (matchMedia(asks.contrast).matches) return 'contrast';
  if (theme.value !== 'system') return theme.value;
  return matchMedia(asks.dark).matches ? 'dark' : 'light';
}

/** Calls whenever the page's own scheme changes; returns a function that stops it. */
export function followPage(change: () => void): () => void {
  const queries = Object.values(asks).map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', change);
  return () => {
    for (const query of queries) query.removeEventListener('change', change);
  };
}
