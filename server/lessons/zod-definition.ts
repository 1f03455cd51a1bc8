// The parts of zod's definitions that lead from a schema to those inside it.

import type { z } from 'zod';

export interface Definition {
  type: string;
  shape?: Record<string, z.core.$ZodType>;
  element?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
  in?: z.core.$ZodType;
  getter?: () => z.core.$ZodType;
  /** Of an enumeration. */
  entries?: Record<string, string>;
  /** Of a literal. */
  values?: readonly unknown[];
}

export function definitionOf(schema: z.core.$ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}
