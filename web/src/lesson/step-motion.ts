// Brings a step into view: what was on the screen slides to its new place in one gentle motion, or none where less
// motion is asked for.

export const topOf = (element: Element | null): number | null => element?.getBoundingClientRect().top ?? null;

/** Space kept above a step that is scrolled to: the sticky progress bar and a little air. */
const AIR_PX = 58;

/** Scrolls so that the element's beginning is seen, only as far as needed to see all of it or its beginning. */
export function reveal(pane: HTMLElement, element: HTMLElement | null): void {
  if (!element) return;
  const view = pane.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  if (box.top >= view.top + AIR_PX / 2 && box.bottom <= view.bottom) return;
  pane.scrollTop += box.top - view.top - AIR_PX;
}

/** Scrolls what has just been said into view, only as far as needed; of what is too tall, its beginning. */
export function bringUp(pane: HTMLElement, element: HTMLElement | null): void {
  if (!element) return;
  const view = pane.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const above = box.top - view.top - AIR_PX;
  const below = box.bottom - view.bottom + AIR_PX / 4;
  const by = above < 0 ? above : Math.max(0, Math.min(below, above));
  if (by !== 0) pane.scrollBy({ top: by, behavior: stillness() ? 'auto' : 'smooth' });
}

function stillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Reveals the element and animates the lesson from where the element stood before the page changed. */
export function glide(pane: HTMLElement, element: HTMLElement | null, topBefore: number): void {
  reveal(pane, element);
  if (stillness()) return;
  const moved = topBefore - (topOf(element) ?? topBefore);
  if (Math.abs(moved) < 2) return;
  const flow = pane.querySelector('.lesson-flow');
  flow?.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
    duration: Math.min(520, 260 + Math.abs(moved) / 4),
    easing: 'cubic-bezier(0.2, 0, 0, 1)',
  });
}
