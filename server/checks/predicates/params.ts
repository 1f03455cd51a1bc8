// The kinds of parameters that several predicates share.

import { z } from 'zod';
import { parseReference } from '../../reference.ts';

export const imageParam = z
  .string()
  .max(500)
  .refine((text) => parseReference(text).reference !== undefined, 'an image reference, `nginx:latest`');

export const containerParam = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/, 'a container name');

export const registryParam = z
  .string()
  .regex(/^[a-z0-9.-]+(:[0-9]+)?$/, 'a registry address, `localhost:5000`')
  .describe('address of the registry, `localhost:5000`');

export const repositoryParam = z
  .string()
  .regex(/^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+|\/[a-z0-9]+)*$/, 'a repository, without registry and tag')
  .describe('repository in the registry, without address and tag');

export const tagParam = z
  .string()
  .regex(/^\w[\w.-]{0,127}$/, 'a tag')
  .describe('tag, in quotes where YAML would read a number');

export const patternParam = z
  .string()
  .refine(isPattern, 'a regular expression')
  .describe('regular expression (flags i and m)');

/** Of a registry that asks for a login. */
export const loginParams = {
  user: z.string().min(1).optional().describe('user, where the registry asks for a login'),
  password: z.string().min(1).optional().describe('their password'),
};

export const homePathParam = z.string().regex(/^~\/(?!.*\.\.)[\w./-]+$/, 'a path in the home folder, `~/…`');

export function pattern(source: string): RegExp {
  return new RegExp(source, 'im');
}

function isPattern(source: string): boolean {
  try {
    pattern(source);
    return true;
  } catch {
    return false;
  }
}
