// `registry.tagAbsent`: a registry doesn't serve this tag.

import { z } from 'zod';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass, specificFail } from '../types.ts';
import { lastDocker } from './commands.ts';
import { loginParams, registryParam, repositoryParam, tagParam } from './params.ts';
import { askRegistry } from './reach.ts';

const params = z.strictObject({ registry: registryParam, repository: repositoryParam, tag: tagParam, ...loginParams });

export const registryTagAbsent: Predicate<z.infer<typeof params>> = {
  type: 'registry.tagAbsent',
  summary: 'a registry answers, and serves no such tag',
  params,
  evaluate: (world, wanted) =>
    askRegistry(world, wanted, async (registry) => {
      const version = code(`${wanted.repository}:${wanted.tag}`);
      if (!(await registry.manifest(wanted.repository, wanted.tag))) return pass;
      if (lastDocker(world, ['rmi'])?.record.exitCode === 0)
        return specificFail(`\`docker rmi\` removes names on this machine only: the registry still serves ${version}.`);
      return fail(`The registry still serves ${version}; this step asks you to delete it there.`);
    }),
};
