// The app in its root element: drawn there, or taking over what the server has rendered.

import './zod-without-eval.ts';
import { hydrate, render } from 'preact';
import { type Asked, answeredAhead } from './api.ts';
import { App } from './app.tsx';
import { bring } from './brought.ts';
import { followTheme } from './parts/theme.ts';
import { browserIsKnown } from './rendering/browser-known.ts';
import { releaseClicks } from './rendering/early-clicks.ts';
import { language, speak } from './texts.ts';

/** `asked`: what was asked of the server before this code was there. */
export function start(asked: Asked | null): void {
  answeredAhead(asked);
  followTheme();
  const root = document.getElementById('app');
  const fits = bring() !== null && language === document.documentElement.lang;
  if (root) speak(() => (root.firstChild && fits ? takeOver(root) : draw(root)));
}

function takeOver(element: HTMLElement): void {
  browserIsKnown.value = false;
  hydrate(<App />, element);
  browserIsKnown.value = true;
  releaseClicks();
}

/** In another language than the server's, too. */
function draw(element: HTMLElement): void {
  element.replaceChildren();
  render(<App />, element);
  releaseClicks();
}
