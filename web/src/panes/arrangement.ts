// The arrangement of this window's panes, now and later.

import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { browserIsKnown } from '../rendering/browser-known.ts';
import { type Arrangement, arrangementFor } from './room.ts';

/** What the server renders: of a usual window, with the map. */
const USUAL = arrangementFor(1600, 1000);

const now = (): Arrangement => arrangementFor(innerWidth, innerHeight);
let watched: ReadonlySignal<Arrangement> | undefined;

export function arrangement(): ReadonlySignal<Arrangement> {
  if (watched) return watched;
  const current = signal(import.meta.env.RENDERING ? USUAL : now());
  addEventListener('resize', () => {
    const { lesson, map } = now();
    if (lesson !== current.peek().lesson || map !== current.peek().map) current.value = { lesson, map };
  });
  watched = computed(() => (browserIsKnown.value ? current.value : USUAL));
  return watched;
}
