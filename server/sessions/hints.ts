// Which hint comes next: the first in order that was not taken and fits the state of the world.

import { evaluateAll } from '../checks/items.ts';
import type { World } from '../checks/types.ts';
import type { LessonStep } from '../lessons/parse.ts';

/** Its index, or null where none fits. Without a world only hints for every state fit. */
export async function nextHint(
  step: LessonStep,
  taken: ReadonlySet<number>,
  world: World | null,
): Promise<number | null> {
  for (const [index, { when }] of step.hints.entries()) {
    if (taken.has(index)) continue;
    if (when.length === 0) return index;
    if (!world) continue;
    // What cannot be asked now does not fit now.
    const outcome = await evaluateAll(when, world).catch(() => null);
    if (outcome?.state === 'pass') return index;
  }
  return null;
}
