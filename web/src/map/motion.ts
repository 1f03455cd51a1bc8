// Cards glide to their new place, and new ones come up; nothing moves where motion is not wanted.

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isStill } from './ghosts.ts';

const GLIDE_MS = 320;
const EASE = 'cubic-bezier(0.2, 0, 0, 1)';
/** More than this at once would be a swarm. */
const MOST = 60;

/** Calls in the next frame, which lays all out anyway: the task that draws does not wait for it, too. What is returned calls it off. */
export function beforePainting(call: () => void): () => void {
  const frame = requestAnimationFrame(call);
  return () => cancelAnimationFrame(frame);
}

/** `version` changes with what is drawn. */
export function useGliding(host: RefObject<HTMLElement | null>, version: unknown): void {
  const places = useRef<Map<string, { left: number; top: number }> | null>(null);
  const glide = () => {
    const root = host.current;
    if (!root) return;
    const before = places.current;
    const origin = root.getBoundingClientRect();
    const now = new Map<string, { left: number; top: number }>();
    const cards = [...root.querySelectorAll<HTMLElement>('[data-card]')];
    for (const card of cards) {
      const { left, top } = card.getBoundingClientRect();
      now.set(card.dataset.card ?? '', { left: left - origin.left, top: top - origin.top });
    }
    places.current = now;
    if (!before || isStill()) return;
    let moved = 0;
    for (const card of cards) {
      const key = card.dataset.card ?? '';
      const from = before.get(key);
      const to = now.get(key);
      if (!to || moved >= MOST) continue;
      const frames = framesOf(from, to);
      if (!frames) continue;
      moved += 1;
      card.animate(frames, { duration: GLIDE_MS, easing: EASE });
    }
  };
  useLayoutEffect(() => beforePainting(glide), [version]);
}

type Place = { left: number; top: number };

function framesOf(from: Place | undefined, to: Place): Keyframe[] | null {
  if (!from)
    return [
      { opacity: 0, translate: '0 8px' },
      { opacity: 1, translate: '0 0' },
    ];
  const [x, y] = [from.left - to.left, from.top - to.top];
  return Math.abs(x) + Math.abs(y) < 1 ? null : [{ translate: `${x}px ${y}px` }, { translate: '0 0' }];
}
