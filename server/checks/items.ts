// One check as a lesson writes it: a mapping with a single key, the predicate's name.

import { z } from 'zod';
import { predicates } from './predicates/index.ts';
import type { Outcome, Predicate, World } from './types.ts';

export interface CheckItem {
  type: string;
  evaluate(world: World): Promise<Outcome>;
}

const byType = new Map<string, Predicate<never>>(
  predicates.map((predicate) => [predicate.type, predicate as Predicate<never>]),
);

/** Parses `{registry.tag: {…}}`; an unknown type or parameter is an issue at its own key. */
export const checkItemSchema = z.record(z.string(), z.unknown()).transform((item, context): CheckItem => {
  const [type, ...more] = Object.keys(item);
  const predicate = type === undefined ? undefined : byType.get(type);
  if (type === undefined || !predicate || more.length > 0) {
    const known = [...byType.keys()].join(', ');
    const message =
      more.length > 0 || type === undefined
        ? 'each check is one key, its type'
        : `unknown check type \`${type}\`; expected one of ${known}`;
    context.addIssue({ code: 'custom', message, path: type === undefined ? [] : [type] });
    return z.NEVER;
  }
  const params = predicate.params.safeParse(item[type]);
  if (!params.success) {
    for (const issue of params.error.issues) context.addIssue({ ...issue, path: [type, ...issue.path] } as never);
    return z.NEVER;
  }
  return { type, evaluate: (world) => predicate.evaluate(world, params.data) };
});

/** The first outcome that is not a pass; pass when all are. */
export async function evaluateAll(items: readonly CheckItem[], world: World): Promise<Outcome> {
  for (const item of items) {
    const outcome = await item.evaluate(world);
    if (outcome.state !== 'pass') return outcome;
  }
  return { state: 'pass' };
}
