// `registry.tagsSame`: several tags of a repository point at one image.

import { z } from 'zod';
import { reference } from '../../reference.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { namedImage } from './local-images.ts';
import { loginParams, registryParam, repositoryParam, tagParam } from './params.ts';
import { askRegistry } from './reach.ts';

const params = z.strictObject({
  registry: registryParam,
  repository: repositoryParam,
  tags: z.array(tagParam).min(2).describe('tags that must point at the same manifest'),
  ...loginParams,
});

export const registryTagsSame: Predicate<z.infer<typeof params>> = {
  type: 'registry.tagsSame',
  summary: 'tags of a repository in a registry point at the same manifest',
  params,
  evaluate: (world, wanted) =>
    askRegistry(world, wanted, async (registry) => {
      const { repository, tags } = wanted;
      const manifests = await Promise.all(tags.map((tag) => registry.manifest(repository, tag)));
      const missing = tags.filter((_, index) => !manifests[index]);
      if (missing.length === 0 && new Set(manifests.map((manifest) => manifest?.digest)).size === 1) return pass;
      const [absent] = missing;
      if (absent === undefined)
        return fail(
          `In your registry ${listed(tags)} of ${code(repository)} are different images; this step asks for one.`,
        );
      const name = reference(`${wanted.registry}/${repository}:${absent}`);
      if (await namedImage(world, name)) {
        return fail(
          `${code(name.familiar)} is on this machine, but your registry doesn't have it yet. This step asks you to push it.`,
        );
      }
      return fail(
        `Your registry has no tag ${code(absent)} in ${code(repository)} yet; this step asks for ${listed(tags)}.`,
      );
    }),
};
