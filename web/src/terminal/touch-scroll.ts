// Scrolls the terminal by a finger, which xterm.js does not: the rows above, or what a program shows that has a wheel.

import type { Terminal } from '@xterm/xterm';

/** Pixels in a millisecond. A finger that leaves slower than that has stopped. */
const SLOWEST = 0.05;
/** What is left of the speed after a millisecond. */
const SLOWING = 0.997;

type Point = { x: number; y: number; atMs: number };

/** The function that it returns ends it. */
export function scrollByTouch(terminal: Terminal, host: HTMLElement): () => void {
  let last: Point | null = null;
  let speed = 0;
  /** Not a whole row yet. */
  let pixels = 0;
  let frame = 0;

  const scroll = (moved: number, { x, y }: Point) => {
    const screen = host.querySelector<HTMLElement>('.xterm-screen');
    if (!screen) return;
    const rowHeight = screen.offsetHeight / terminal.rows;
    pixels += moved;
    const rows = Math.trunc(pixels / rowHeight);
    pixels -= rows * rowHeight;
    if (terminal.buffer.active.type === 'normal' && terminal.modes.mouseTrackingMode === 'none') {
      return terminal.scrollLines(rows);
    }
    const turn = { deltaY: Math.sign(rows), deltaMode: WheelEvent.DOM_DELTA_LINE, clientX: x, clientY: y };
    for (let row = 0; row < Math.abs(rows); row += 1) {
      // On the whole terminal: the rows' own scroll bar would take it.
      terminal.element?.dispatchEvent(new WheelEvent('wheel', { ...turn, cancelable: true }));
    }
  };
  const glide = (from: Point) => {
    if (Math.abs(speed) < SLOWEST) return;
    frame = requestAnimationFrame((atMs) => {
      const ms = Math.max(0, atMs - from.atMs);
      scroll(speed * ms, from);
      speed *= SLOWING ** ms;
      glide({ ...from, atMs });
    });
  };

  const onDown = (event: PointerEvent) => {
    cancelAnimationFrame(frame);
    speed = 0;
    pixels = 0;
    if (event.pointerType === 'touch' && event.isPrimary) last = pointOf(event);
  };
  const onMove = (event: PointerEvent) => {
    if (!last || !event.isPrimary) return;
    const now = pointOf(event);
    const moved = last.y - now.y;
    speed = moved / Math.max(1, now.atMs - last.atMs);
    last = now;
    scroll(moved, now);
  };
  const onUp = (event: PointerEvent) => {
    const from = last;
    last = null;
    if (from && event.timeStamp - from.atMs < 50 && !matchMedia('(prefers-reduced-motion: reduce)').matches)
      glide(from);
  };
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  host.addEventListener('pointerdown', onDown, options);
  host.addEventListener('pointermove', onMove, options);
  for (const end of ['pointerup', 'pointercancel'] as const) host.addEventListener(end, onUp, options);
  return () => {
    stop.abort();
    cancelAnimationFrame(frame);
  };
}

const pointOf = ({ clientX, clientY, timeStamp }: PointerEvent): Point => ({
  x: clientX,
  y: clientY,
  atMs: timeStamp,
});
