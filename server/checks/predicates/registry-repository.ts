// `registry.repository`: a registry holds a repository with at least one tag.

import { z } from 'zod';
import { code, listed } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { loginParams, registryParam, repositoryParam } from './params.ts';
import { askRegistry } from './reach.ts';

const params = z.strictObject({ registry: registryParam, repository: repositoryParam, ...loginParams });

export const registryRepository: Predicate<z.infer<typeof params>> = {
  type: 'registry.repository',
  summary: 'a registry holds a repository with at least one tag',
  params,
  evaluate: (world, wanted) =>
    askRegistry(world, wanted, async (registry) => {
      const tags = await registry.tags(wanted.repository);
      if (tags && tags.length > 0) return pass;
      const others = await registry.repositories();
      const holds = others.length === 0 ? 'it is empty' : `it holds ${listed(others)}`;
      return fail(`Your registry has no repository ${code(wanted.repository)} yet; ${holds}.`);
    }),
};
