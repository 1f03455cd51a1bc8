// One check as a lesson writes it: a mapping with a single key, the predicate's name.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { lastAttempt } from './attempt.ts';
import { type AnyPredicate, composites, predicates } from './predicates/index.ts';
import { hiddenPrompt } from './prompt.ts';
import type { CheckItem, Outcome, World } from './types.ts';

export type { CheckItem } from './types.ts';

const byType = new Map<string, AnyPredicate>();

/** Parses `{registry.tag: {…}}`; an unknown type or parameter is an issue at its own key. */
export const checkItemSchema = z.record(z.string(), z.unknown()).transform((item, context): CheckItem => {
  const [type, ...more] = Object.keys(item);
  const predicate = type === undefined ? undefined : byType.get(type);
  if (type === undefined || !predicate || more.length > 0) {
    if (type === undefined || more.length > 0)
      context.addIssue({ code: 'custom', message: 'each check is one key, its type', path: more.slice(0, 1) });
    else {
      const params = { word: type, known: [...byType.keys()] };
      context.addIssue({ code: 'custom', message: `unknown check type \`${type}\``, path: [type], params });
    }
    return z.NEVER;
  }
  const params = predicate.params.safeParse(item[type]);
  if (!params.success) {
    for (const issue of params.error.issues) context.addIssue({ ...issue, path: [type, ...issue.path] } as never);
    return z.NEVER;
  }
  const { readsPrompt = false, names } = predicate;
  return {
    type,
    key: createHash('sha256').update(JSON.stringify(item)).digest('hex').slice(0, 16),
    readsPrompt: typeof readsPrompt === 'function' ? readsPrompt(params.data) : readsPrompt,
    names: names?.(params.data) ?? [],
    wasSo: async (world, afterMs) => predicate.wasSo?.(world, params.data, afterMs) ?? null,
    async evaluate(world) {
      const outcome = await predicate.evaluate(world, params.data);
      return outcome.state !== 'pass' && readsPrompt === true ? (hiddenPrompt(world.journal) ?? outcome) : outcome;
    },
  };
});

/** Every predicate; those made of other checks take their schema from here, so that no file imports in a circle. */
export const allPredicates: readonly AnyPredicate[] = [
  ...predicates,
  ...composites.map((make) => make(checkItemSchema)),
].sort((a, b) => (a.type < b.type ? -1 : 1));
for (const predicate of allPredicates) byType.set(predicate.type, predicate);

/** Pass when all are; else the first that is none, unless a later one speaks of the learner's last command itself, which failed. */
export async function evaluateAll(items: readonly CheckItem[], world: World): Promise<Outcome> {
  for (const [index, item] of items.entries()) {
    const outcome = await item.evaluate(world);
    if (outcome.state !== 'pass') return (await moreExact(outcome, items.slice(index + 1), world)) ?? outcome;
  }
  return { state: 'pass' };
}

async function moreExact(outcome: Outcome, later: readonly CheckItem[], world: World): Promise<Outcome | null> {
  if (outcome.state !== 'fail' || outcome.specific) return null;
  // What went well may be a step on the way, of which a later check knows nothing.
  if ((lastAttempt(world.journal)?.exitCode ?? 0) === 0) return null;
  for (const item of later) {
    // It need not be possible yet to ask for this one.
    const other = await item.evaluate(world).catch(() => null);
    if (other?.state === 'fail' && other.specific) return other;
  }
  return null;
}
