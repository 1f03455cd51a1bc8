// The terminal's bell, as a flash at its edge.

import type { Signal } from '@preact/signals';

export function BellFlash({ rung }: { rung: Signal<number> }) {
  // Each ring is an element of its own, so that its animation begins anew.
  return rung.value > 0 ? <div key={rung.value} class="bell-flash" /> : null;
}
