// `digest.shown`: a command of the learner's printed a digest that the registry really serves.

import { z } from 'zod';
import type { Manifest, RegistryView } from '../../registry/types.ts';
import { sameAddress } from '../curl-request.ts';
import { dockerCommand } from '../docker-command.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, type World } from '../types.ts';
import { curlRequests, failOf, isOvertaken, newestFirst, type ParsedRecord } from './commands.ts';
import { digestProblem } from './digest-near-miss.ts';
import { loginParams, registryParam, repositoryParam, tagParam } from './params.ts';
import { askRegistry } from './reach.ts';
import type { Showing } from './showing.ts';

const params = z.strictObject({
  registry: registryParam,
  repository: repositoryParam,
  tag: tagParam,
  of: z
    .enum(['manifest', 'config', 'layer'])
    .describe('whose digest: the manifest, its config (the image ID) or any of its layers'),
  by: z
    .enum(['sha256sum', 'request'])
    .optional()
    .describe('`sha256sum`: it must have been computed from the bytes; `request`: the registry must have told it'),
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
  const showings = records.flatMap((parsed) => showing(parsed, registry, by) ?? []);
  const wanted = digestsOf(manifest, of);
  if (showings.some((one) => isShown(one, wanted, by))) return pass;
  const newest = showings.find((one) => by !== 'sha256sum' || one.hashing || one === showings[0]);
  const what = { manifest: "the manifest's digest", config: "the config's digest", layer: "a layer's digest" }[of];
  const asks =
    by === 'sha256sum'
      ? `This step asks you to fetch a layer of ${version} and compute its digest with \`sha256sum\`.`
      : `This step asks you to show ${what} of ${version}.`;
  if (!newest || isOvertaken(records, newest.record)) return fail(asks);
  const problem = digestProblem(newest, { registry, repository, tag, manifest, of, by, asks });
  return problem === null ? fail(asks) : failOf(records, newest.record, problem);
}

export function digestsOf(manifest: Manifest, of: Params['of']): string[] {
  if (of === 'manifest') return [manifest.digest];
  if (of === 'layer') return manifest.layerDigests;
  return manifest.configDigest === null ? [] : [manifest.configDigest];
}

/** What a record shows, where it is of a kind that can show digests. */
function showing(parsed: ParsedRecord, registry: string, by: Params['by']): Showing | null {
  const simples = parsed.pipelines.flat();
  const requests = curlRequests(parsed);
  const dockers = simples.flatMap((simple) => dockerCommand(simple) ?? []);
  const asksByDocker = dockers.some(({ verb }) => verb === 'manifest inspect');
  const inspects = dockers.some(
    ({ verb, words }) => verb === 'inspect' || words.includes('--no-trunc') || words.includes('--digests'),
  );
  const hashing = parsed.pipelines.find((pipeline) => pipeline.some(({ program }) => program === 'sha256sum')) ?? null;
  if (!inspects && !asksByDocker && !hashing && requests.length === 0) return null;
  const asksRegistry = asksByDocker || requests.some(({ url }) => sameAddress(originOf(url), `http://${registry}/`));
  const counts =
    by === 'sha256sum' ? hashing !== null : asksRegistry || (by === undefined && (inspects || hashing !== null));
  return { ...parsed, requests, programs: simples.map(({ program }) => program), hashing, counts };
}

/** `http://localhost:5000/` */
function originOf(url: string): string {
  return /^https?:\/\/[^/]*\//.exec(url)?.[0] ?? '';
}

function isShown({ record, counts }: Showing, digests: readonly string[], by: Params['by']): boolean {
  if (record.exitCode !== 0 || !counts) return false;
  if (by !== 'sha256sum') return digests.some((digest) => record.output.includes(digest));
  // sha256sum prints the hexadecimal digits without `sha256:` in front.
  return digests.some((digest) =>
    new RegExp(`(^|[^0-9a-f:])${digest.replace('sha256:', '')}\\b`, 'm').test(record.output),
  );
}
