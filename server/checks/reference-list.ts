// The checks that a lesson can name, with their parameters, as the generated reference lists them.

import type { z } from 'zod';
import { allPredicates } from './items.ts';

export interface CheckDescription {
  type: string;
  summary: string;
  params: { name: string; optional: boolean; describe: string }[];
}

/** All predicates in alphabetical order; throws where a parameter has no description, so that none stays undocumented. */
export function checkReference(): CheckDescription[] {
  return allPredicates.map(({ type, summary, params }) => ({
    type,
    summary,
    params: Object.entries((params as z.ZodObject).shape).map(([name, schema]) => ({
      name,
      optional: (schema as z.ZodType).isOptional(),
      describe: descriptionOf(schema as z.ZodType, `${type}.${name}`),
    })),
  }));
}

function descriptionOf(schema: z.ZodType, where: string): string {
  const inner = (schema as Partial<z.ZodOptional<z.ZodType>>).unwrap;
  const text = schema.description ?? (inner ? inner.call(schema as never).description : undefined);
  if (text === undefined) throw new TypeError(`the parameter ${where} has no description`);
  return text;
}
