// `registry.blob`: a repository serves the config of an image.

import { z } from 'zod';
import { reference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { idOf } from './local-images.ts';
import { imageParam, loginParams, registryParam, repositoryParam } from './params.ts';
import { askRegistry } from './reach.ts';

const params = z.strictObject({
  registry: registryParam,
  repository: repositoryParam,
  image: imageParam.describe('a local name, now or before: its image ID is the digest of the config'),
  ...loginParams,
});

export const registryBlob: Predicate<z.infer<typeof params>> = {
  type: 'registry.blob',
  summary: "a repository serves the config blob of an image, whose digest is the image's ID",
  params,
  evaluate: (world, wanted) =>
    askRegistry(world, wanted, async (registry) => {
      const { familiar } = reference(wanted.image);
      const id = await idOf(world, reference(wanted.image));
      if (id === null) return fail(`${code(familiar)} hasn't been on this machine in this lesson. Pull it first.`);
      if (await registry.hasBlob(wanted.repository, id)) return pass;
      return fail(`${code(wanted.repository)} in your registry doesn't hold the image of ${code(familiar)} yet.`);
    }),
};
