// `digest.shown`: a command of the learner's printed a digest that the registry really serves.

import { z } from 'zod';
import type { Manifest, RegistryView } from '../../registry/types.ts';
import type { Pipeline } from '../command-line.ts';
import { dockerCommand } from '../docker-command.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { curlRequests, newestAttempt, newestFirst, type ParsedRecord } from './commands.ts';
import { digestProblem, type Showing } from './digest-near-miss.ts';
import { loginParams, registryParam, repositoryParam, tagParam } from './params.ts';
import { askRegistry } from './reach.ts';

const params = z.strictObject({
  registry: registryParam,
  repository: repositoryParam,
  tag: tagParam,
  of: z
    .enum(['manifest', 'config', 'layer'])
    .describe('whose digest: the manifest, its config (the image ID) or any of its layers'),
  by: z.literal('sha256sum').optional().describe('the digest must have been computed from the bytes'),
  ...loginParams,
});
type Params = z.infer<typeof params>;

export const digestShown: Predicate<Params> = {
  type: 'digest.shown',
  summary: 'a command printed a digest that the registry really serves',
  params,
  readsPrompt: true,
  evaluate: (world, wanted) => askRegistry(world, wanted, (view) => shown(world, view, wanted)),
};

async function shown(
  world: World,
  view: RegistryView,
  { registry, repository, tag, of, by }: Params,
): Promise<Outcome> {
  const version = code(`${repository}:${tag}`);
  const manifest = await view.manifest(repository, tag);
  if (!manifest) return fail(`Your registry doesn't have ${version} any more. Push it again.`);
  const records = newestFirst(world);
  const showings = records.flatMap((parsed) => showing(parsed, registry) ?? []);
  const wanted = digestsOf(manifest, of);
  if (showings.some((one) => isShown(one, wanted, by !== undefined))) return pass;
  const newest = showings.find((one) => by === undefined || one.hashing || one === showings[0]);
  const what = { manifest: "the manifest's digest", config: "the config's digest", layer: "a layer's digest" }[of];
  const asks = by
    ? `This step asks you to fetch a layer of ${version} and compute its digest with \`sha256sum\`.`
    : `This step asks you to show ${what} of ${version}.`;
  const problem = newest && digestProblem(newest, { manifest, of, hashed: by !== undefined, asks });
  if (problem) return newest.record === newestAttempt(records)?.record ? specificFail(problem) : fail(problem);
  return fail(asks);
}

export function digestsOf(manifest: Manifest, of: Params['of']): string[] {
  if (of === 'manifest') return [manifest.digest];
  if (of === 'layer') return manifest.layerDigests;
  return manifest.configDigest === null ? [] : [manifest.configDigest];
}

/** What a record shows, where it is of a kind that can show digests. */
function showing({ record, pipelines }: ParsedRecord, registry: string): Showing | null {
  const requests = curlRequests({ record, pipelines });
  const inspects = pipelines.flat().some((simple) => {
    const docker = dockerCommand(simple);
    return (
      docker?.verb === 'inspect' ||
      docker?.verb === 'manifest inspect' ||
      docker?.words.includes('--no-trunc') ||
      docker?.words.includes('--digests')
    );
  });
  const hashing =
    pipelines.find((pipeline: Pipeline) => pipeline.some(({ program }) => program === 'sha256sum')) ?? null;
  const host = registry.replace(/^localhost(?=:|$)/, '(?:localhost|127\\.0\\.0\\.1)').replace(/\.(?!0)/g, '\\.');
  const asksRegistry = requests.some(({ url }) => new RegExp(`^https?://${host}/`).test(url));
  return inspects || hashing || asksRegistry ? { record, requests, hashing } : null;
}

function isShown({ record, hashing }: Showing, digests: readonly string[], hashed: boolean): boolean {
  if (record.exitCode !== 0) return false;
  if (!hashed) return digests.some((digest) => record.output.includes(digest));
  if (!hashing) return false;
  // sha256sum prints the hexadecimal digits without `sha256:` in front.
  return digests.some((digest) =>
    new RegExp(`(^|[^0-9a-f:])${digest.replace('sha256:', '')}\\b`, 'm').test(record.output),
  );
}
