// What has just gone from the map, for as long as it is seen to leave; nothing where motion is not wanted.

import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { MapPicture } from '../../../protocol/map.ts';
import type { MapState } from './map-state.ts';

export const GHOST_MS = 450;

export const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The function that comes with it ends it. */
export function ghostsOf(map: MapState): { gone: ReadonlySignal<MapPicture>; stop: () => void } {
  const gone: Signal<MapPicture> = signal({});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const step = map.step.value;
    if (!step?.before || isStill()) return;
    const left = Object.entries(step.before).filter(
      ([key, thing]) => !Object.hasOwn(step.now, key) || (thing.kind === 'image' && step.now[key] !== thing),
    );
    if (left.length === 0 || left.length > 60) return;
    gone.value = { ...gone.peek(), ...Object.fromEntries(left) };
    clearTimeout(timer);
    timer = setTimeout(() => {
      gone.value = {};
    }, GHOST_MS);
  });
  return {
    gone,
    stop: () => {
      stop();
      clearTimeout(timer);
    },
  };
}
