// What a POST may carry: a small JSON object of exactly the protocol's shape.

import type { Request } from 'express';
import { z } from 'zod';
import { SlipwayError } from '../errors.ts';

export const nothing = z.strictObject({});

/** Throws SlipwayError `bad-body`, status 400. */
export function bodyOf<T>(request: Request, schema: z.ZodType<T>): T {
  const body = schema.safeParse(request.body);
  if (body.success) return body.data;
  throw badBody();
}

export function badBody(): SlipwayError {
  return new SlipwayError('bad-body', 'The body is not the JSON object that this address takes.', {
    next: 'Reload the page. A client of your own sends application/json as docs/protocol.md says.',
    status: 400,
  });
}
