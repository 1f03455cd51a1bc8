// Which keys or words a schema knows at a path, so that a misspelt one can be told with the right one.

import type { z } from 'zod';
import { allPredicates, checkItemSchema } from '../checks/items.ts';
import { type Definition, definitionOf } from './zod-definition.ts';

/** Keys that a mapping at this path may have; none where it may have any, or is no mapping. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  return [...new Set(inside(schema, path).flatMap(keysOf))];
}

/** All schemas that may apply at a path: a union has several. */
function inside(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType[] {
  const [first, ...rest] = path;
  if (first === undefined) return [schema];
  if (isCheck(schema)) {
    const params = allPredicates.find(({ type }) => type === first)?.params;
    return params ? inside(params, rest) : [];
  }
  const definition = definitionOf(schema);
  const { shape, element, valueType } = definition;
  const child = shape ? shape[String(first)] : (element ?? valueType);
  if (child) return inside(child, rest);
  return wrapped(definition).flatMap((inner) => inside(inner, path));
}

function keysOf(schema: z.core.$ZodType): string[] {
  if (isCheck(schema)) return allPredicates.map(({ type }) => type);
  const definition = definitionOf(schema);
  if (definition.shape) return Object.keys(definition.shape);
  return wrapped(definition).flatMap(keysOf);
}

/** Also where it was described anew: a described schema is a copy with the same definition. */
function isCheck(schema: z.core.$ZodType): boolean {
  return schema._zod.def === checkItemSchema._zod.def;
}

function wrapped({ innerType, options, in: input, getter }: Definition): z.core.$ZodType[] {
  return [innerType, input, getter?.(), ...(options ?? [])].filter((inner) => inner !== undefined);
}
