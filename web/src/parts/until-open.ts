// Looks again when the teacher has opened one of these lessons.

import { useEffect } from 'preact/hooks';
import type { OpenLessons } from '../people/open-lessons.ts';

/** `closed`: slugs of those that a learner waits for. */
export function useUntilOpen(closed: readonly string[], look: () => void): void {
  const waitedFor = closed.join(' ');
  useEffect(() => {
    if (waitedFor === '') return;
    let told: OpenLessons | null = null;
    let left = false;
    // Only a room has lessons that open later.
    import('../people/open-lessons.ts').then((it) => {
      if (!left) told = it.openLessons((open) => closed.some((slug) => open.includes(slug)) && look());
    }, console.warn);
    return () => {
      left = true;
      told?.dispose();
    };
  }, [waitedFor]);
}
