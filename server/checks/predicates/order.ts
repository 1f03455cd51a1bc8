// `order`: these checks became true one after the other; what was so for a moment is kept, or told by the engine's events.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CheckItem, type Outcome, type Predicate, pass, type World } from '../types.ts';

export function order(item: z.ZodType<CheckItem>): Predicate<{ checks: CheckItem[] }> {
  return {
    type: 'order',
    summary:
      'these checks became true one after the other; each is kept from then on, even if it is true no more; images and containers that come and go within one line count too',
    params: z.strictObject({ checks: item.array().min(2).describe('list of checks, the first to become true first') }),
    readsPrompt: ({ checks }) => checks.some(({ readsPrompt }) => readsPrompt),
    names: ({ checks }) => checks.flatMap(({ names }) => names),
    async evaluate(world, { checks }) {
      const latch = latchesOf(world, checks);
      let after: number | undefined;
      for (const [index, check] of checks.entries()) {
        const kept = latch.keptAt(index);
        if (kept !== null) {
          after = kept;
          continue;
        }
        const before: number | null = await check.wasSo(world, after ?? 0);
        const outcome: Outcome =
          before === null
            ? await check.evaluate(after === undefined ? world : { ...world, eventsAfterMs: after })
            : { state: 'pass', atMs: before };
        if (outcome.state !== 'pass') return outcome;
        after = outcome.atMs ?? newestEvent(world) ?? after ?? 0;
        latch.keep(index, after);
      }
      return pass;
    },
  };
}

/** A latch has no value, so the moment is part of its key; the events that are still known are the moments to look for. */
function latchesOf({ latches, journal }: World, checks: readonly CheckItem[]) {
  const hash = createHash('sha256')
    .update(checks.map(({ key }) => key).join())
    .digest('hex')
    .slice(0, 16);
  const key = (index: number) => `order ${hash} ${index}`;
  return {
    /** When the check had passed: 0 where that is longer ago than any known event, null where it hasn't. */
    keptAt(index: number): number | null {
      if (!latches.has(key(index))) return null;
      return journal.events().findLast(({ atMs }) => latches.has(`${key(index)} ${atMs}`))?.atMs ?? 0;
    },
    keep(index: number, atMs: number): void {
      latches.set(key(index));
      latches.set(`${key(index)} ${atMs}`);
    },
  };
}

function newestEvent(world: World): number | undefined {
  return world.journal.events().at(-1)?.atMs;
}
