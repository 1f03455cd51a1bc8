// `not`: a check that must fail, with words for when it passes.

import { z } from 'zod';
import { type CheckItem, fail, type Predicate, pass } from '../types.ts';

export function not(item: z.ZodType<CheckItem>): Predicate<{ check: CheckItem; says: string }> {
  return {
    type: 'not',
    summary: 'this check fails',
    params: z.strictObject({
      check: item.describe('a check that must fail'),
      says: z.string().min(1).describe('what the learner reads while it passes'),
    }),
    readsPrompt: ({ check }) => check.readsPrompt,
    names: ({ check }) => check.names,
    async evaluate(world, { check, says }) {
      const outcome = await check.evaluate(world);
      if (outcome.state === 'notYet') return outcome;
      return outcome.state === 'fail' ? pass : fail(says);
    },
  };
}
