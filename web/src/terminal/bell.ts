// Counts the terminal's bell, as often as it may flash.

import { type Signal, signal } from '@preact/signals';
import type { Terminal } from '@xterm/xterm';

/** Three flashes in a second would harm some people. https://www.w3.org/WAI/WCAG22/Understanding/three-flashes.html */
const LEAST_MS = 500;

export function followBell(terminal: Terminal): Signal<number> {
  const rung = signal(0);
  let last = 0;
  terminal.onBell(() => {
    const now = performance.now();
    if (rung.peek() > 0 && now - last < LEAST_MS) return;
    last = now;
    rung.value += 1;
  });
  return rung;
}
