// The terminal's colours in the dark and the light scheme, in the page's own palette.

import type { ITheme } from '@xterm/xterm';

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

/** Calls with the theme of the colour scheme, now and whenever the scheme changes; returns a function that stops it. */
export function followTheme(apply: (theme: ITheme) => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const change = () => apply(query.matches ? dark : light);
  change();
  query.addEventListener('change', change);
  return () => query.removeEventListener('change', change);
}
