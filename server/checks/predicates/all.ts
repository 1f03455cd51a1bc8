// `all`: every one of these checks passes, now.

import { z } from 'zod';
import { type CheckItem, type Predicate, pass } from '../types.ts';

export function all(item: z.ZodType<CheckItem>): Predicate<{ checks: CheckItem[] }> {
  return {
    type: 'all',
    summary: 'all of these checks pass at the same moment',
    params: z.strictObject({ checks: item.array().min(1).describe('list of checks') }),
    readsPrompt: ({ checks }) => checks.some(({ readsPrompt }) => readsPrompt),
    names: ({ checks }) => checks.flatMap(({ names }) => names),
    async evaluate(world, { checks }) {
      let atMs: number | undefined;
      for (const check of checks) {
        const outcome = await check.evaluate(world);
        if (outcome.state !== 'pass') return outcome;
        if (outcome.atMs !== undefined) atMs = Math.max(atMs ?? 0, outcome.atMs);
      }
      return atMs === undefined ? pass : { state: 'pass', atMs };
    },
  };
}
