// `any`: one of these checks passes.

import { z } from 'zod';
import type { CheckItem, Outcome, Predicate } from '../types.ts';

export function any(item: z.ZodType<CheckItem>): Predicate<{ checks: CheckItem[] }> {
  return {
    type: 'any',
    summary: 'one of these checks passes; what fails is told in the words of the first, unless another is more exact',
    params: z.strictObject({ checks: item.array().min(2).describe('list of checks') }),
    readsPrompt: ({ checks }) => checks.every(({ readsPrompt }) => readsPrompt),
    names: ({ checks }) => checks.flatMap(({ names }) => names),
    async wasSo(world, { checks }, afterMs) {
      const moments = await Promise.all(checks.map((check) => check.wasSo(world, afterMs)));
      const known = moments.filter((moment) => moment !== null);
      return known.length === 0 ? null : Math.min(...known);
    },
    async evaluate(world, { checks }) {
      const outcomes: Outcome[] = [];
      for (const check of checks) {
        const outcome = await check.evaluate(world);
        if (outcome.state === 'pass') return outcome;
        outcomes.push(outcome);
      }
      return (
        outcomes.find(({ state }) => state === 'notYet') ??
        outcomes.find((outcome) => outcome.state === 'fail' && outcome.specific) ??
        (outcomes[0] as Outcome)
      );
    },
  };
}
