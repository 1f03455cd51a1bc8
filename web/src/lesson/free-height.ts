// Keeps the page in what a phone's keyboard leaves free. Most browsers do it themselves, as index.html asks
// (`interactive-widget`); Safari lays the keyboard over the page and moves the page under it instead.

import { useEffect } from 'preact/hooks';

type Seen = Pick<VisualViewport, 'height' | 'scale'>;

/** In CSS pixels; null where the page has all of its height, and where it is zoomed, so that a part of it is seen. */
export function freeHeight({ height, scale }: Seen, pageHeight: number): number | null {
  if (Math.abs(scale - 1) > 0.01) return null;
  return height < pageHeight - 1 ? height : null;
}

export function useFreeHeight(): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return;
    const root = document.documentElement;
    const follow = () => {
      const free = freeHeight(view, root.clientHeight);
      if (free === null) return root.style.removeProperty('--free-height');
      root.style.setProperty('--free-height', `${free}px`);
      // All of the page is in view now: what the browser has moved comes back.
      window.scrollTo(0, 0);
    };
    view.addEventListener('resize', follow);
    view.addEventListener('scroll', follow);
    return () => {
      view.removeEventListener('resize', follow);
      view.removeEventListener('scroll', follow);
      root.style.removeProperty('--free-height');
    };
  }, []);
}
