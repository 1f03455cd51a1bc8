// `registry.up`: a registry answers at an address.

import { z } from 'zod';
import { type Predicate, pass } from '../types.ts';
import { registryParam } from './params.ts';
import { unreachable } from './reach.ts';

const params = z.strictObject({ registry: registryParam });

export const registryUp: Predicate<z.infer<typeof params>> = {
  type: 'registry.up',
  summary: 'a registry answers at this address, with or without a login',
  params,
  evaluate: async (world, { registry }) => (await unreachable(world, registry)) ?? pass,
};
