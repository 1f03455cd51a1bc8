// Opens the terminal's own menu: by right click (with Shift it is the browser's), by the menu key, and by a long press where the browser has no event
// for it (iOS).

import type { MenuPlace } from '../parts/menu.tsx';

const LONG_PRESS_MS = 550;
const STILL_PX = 10;
const RIGHT = 2;

export function followLongPress(host: HTMLElement, open: (place: MenuPlace) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const stop = () => clearTimeout(timer);
  const onContextMenu = (event: MouseEvent) => {
    if (event.shiftKey && event.button === RIGHT) return;
    event.preventDefault();
    event.stopPropagation();
    stop();
    const box = host.getBoundingClientRect();
    // From the keyboard the place is that of xterm.js's hidden input, which may be anywhere.
    const byKey = event.clientX === 0 && event.clientY === 0;
    open(byKey ? { x: box.left + 24, y: box.top + 24 } : { x: event.clientX, y: event.clientY });
  };
  const onPointerDown = (event: PointerEvent) => {
    stop();
    if (event.pointerType !== 'touch') return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => open(from), LONG_PRESS_MS);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) stop();
  };
  // Before xterm.js, which moves its hidden input under the pointer for the browser's menu.
  host.addEventListener('contextmenu', onContextMenu, { capture: true });
  host.addEventListener('pointerdown', onPointerDown, { capture: true });
  host.addEventListener('pointermove', onPointerMove, { capture: true });
  for (const end of ['pointerup', 'pointercancel']) host.addEventListener(end, stop, { capture: true });
  return () => {
    stop();
    host.removeEventListener('contextmenu', onContextMenu, { capture: true });
    host.removeEventListener('pointerdown', onPointerDown, { capture: true });
    host.removeEventListener('pointermove', onPointerMove, { capture: true });
    for (const end of ['pointerup', 'pointercancel']) host.removeEventListener(end, stop, { capture: true });
  };
}
