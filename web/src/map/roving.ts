// One thing of the map takes Tab; arrow keys lead from there to the others: up and down in their order, left and right
// across.

import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const ITEM = '[data-item]';

export function useRoving(host: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = host.current;
    if (!root) return;
    let current = '';
    const items = () => [...root.querySelectorAll<HTMLElement>(ITEM)];
    const tidy = () => {
      const all = items();
      const chosen = all.find(({ dataset }) => dataset.item === current) ?? all[0];
      for (const item of all) item.tabIndex = item === chosen ? 0 : -1;
    };
    const onFocus = (event: FocusEvent) => {
      const item = (event.target as Element).closest<HTMLElement>(ITEM);
      if (!item) return;
      current = item.dataset.item ?? '';
      tidy();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const from = (event.target as Element).closest<HTMLElement>(ITEM);
      const to = from && next(items(), from, event.key);
      if (!to) return;
      event.preventDefault();
      to.focus();
      to.scrollIntoView({ block: 'nearest' });
    };
    const observer = new MutationObserver(tidy);
    observer.observe(root, { childList: true, subtree: true });
    root.addEventListener('focusin', onFocus);
    root.addEventListener('keydown', onKey);
    tidy();
    return () => {
      observer.disconnect();
      root.removeEventListener('focusin', onFocus);
      root.removeEventListener('keydown', onKey);
    };
  }, []);
}

function next(all: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = all.indexOf(from);
  if (key === 'ArrowDown') return all[at + 1];
  if (key === 'ArrowUp') return all[at - 1];
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key === 'ArrowRight') return beside(all, from, 1);
  return key === 'ArrowLeft' ? beside(all, from, -1) : undefined;
}

/** The nearest one on that side. */
function beside(all: HTMLElement[], from: HTMLElement, side: 1 | -1): HTMLElement | undefined {
  const middle = (item: HTMLElement) => {
    const { left, top, width, height } = item.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2, left, right: left + width };
  };
  const start = middle(from);
  let best: HTMLElement | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const item of all) {
    const place = middle(item);
    const apart = side > 0 ? place.left - start.right : start.left - place.right;
    if (apart < -1) continue;
    const distance = apart + 3 * Math.abs(place.y - start.y);
    if (distance < least) [best, least] = [item, distance];
  }
  return best;
}
