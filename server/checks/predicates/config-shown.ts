// `config.shown`: curl fetched the config of a version from its registry, and showed it.

import { z } from 'zod';
import type { RegistryView } from '../../registry/types.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, type World } from '../types.ts';
import { curlRequests, failOf, isOvertaken, newestFirst } from './commands.ts';
import { configProblem } from './config-near-miss.ts';
import { loginParams, pattern, patternParam, registryParam, repositoryParam, tagParam } from './params.ts';
import { askRegistry } from './reach.ts';

const params = z.strictObject({
  registry: registryParam,
  repository: repositoryParam,
  tag: tagParam,
  output: patternParam.describe('regular expression that what was printed must match'),
  ...loginParams,
});
type Params = z.infer<typeof params>;

export const configShown: Predicate<Params> = {
  type: 'config.shown',
  summary: "curl fetched a version's config, a blob, and showed it",
  params,
  readsPrompt: true,
  evaluate: (world, wanted) => askRegistry(world, wanted, (view) => shown(world, view, wanted)),
};

async function shown(
  world: World,
  view: RegistryView,
  { registry, repository, tag, output }: Params,
): Promise<Outcome> {
  const manifest = await view.manifest(repository, tag);
  if (!manifest) return fail(`Your registry doesn't have ${code(`${repository}:${tag}`)} any more. Push it again.`);
  const records = newestFirst(world);
  const fetches = records.filter((parsed) => curlRequests(parsed).some(({ asksHelp }) => !asksHelp));
  if (fetches.some(({ record }) => record.exitCode === 0 && pattern(output).test(record.output))) return pass;
  const blobs = code(`curl -s http://${registry}/v2/${repository}/blobs/`);
  const asks = `This step asks you to fetch the config, a blob, and to look into it: ${blobs} and behind it the digest that stands in the manifest under \`config\`.`;
  const newest = records.find((parsed) => curlRequests(parsed).length > 0);
  if (!newest || isOvertaken(records, newest.record)) return fail(asks);
  const problem = configProblem(newest, { registry, repository, manifest });
  return problem === null ? fail(asks) : failOf(records, newest.record, problem);
}
