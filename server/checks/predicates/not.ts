// `not`: a check that must fail, with words for when it passes.

import { z } from 'zod';
import { type CheckItem, fail, notYet, type Predicate, pass } from '../types.ts';

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
      if (outcome.state === 'pass') return fail(says);
      // What it goes on to do may still make it so.
      return world.journal.running() === null
        ? pass
        : notYet('A command is still running; this step looks at what is so when it has ended.');
    },
  };
}
