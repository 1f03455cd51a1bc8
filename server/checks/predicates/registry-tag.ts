// `registry.tag`: a registry serves an image under a repository and tag.

import { z } from 'zod';
import { type Reference, reference } from '../../reference.ts';
import type { RegistryView } from '../../registry/types.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { doneInstead } from './done-instead.ts';
import { idOf, namedImage, namesOf } from './local-images.ts';
import { capital, holderOf } from './near-miss.ts';
import { imageParam, loginParams, registryParam, repositoryParam, tagParam } from './params.ts';
import { askRegistry } from './reach.ts';
import { notPushed, refusedPush } from './registry-tag-missing.ts';

const params = z.strictObject({
  registry: registryParam,
  repository: repositoryParam,
  tag: tagParam,
  image: imageParam
    .optional()
    .describe('the local name whose image the tag must serve; remembered where that name is gone by now'),
  ...loginParams,
});
type Params = z.infer<typeof params>;

export const registryTag: Predicate<Params> = {
  type: 'registry.tag',
  summary: 'a registry serves an image under a repository and tag',
  params,
  evaluate: (world, wanted) => askRegistry(world, wanted, (registry) => served(world, registry, wanted)),
};

async function served(
  world: World,
  view: RegistryView,
  { registry, repository, tag, image }: Params,
): Promise<Outcome> {
  const asked = reference(`${registry}/${repository}:${tag}`);
  const source = image === undefined ? null : reference(image);
  const id = source && (await idOf(world, source));
  const manifest = await view.manifest(repository, tag);
  if (!manifest) return notPushed(world, view, asked, source, id);
  if (!source || (id !== null && manifest.configDigest === id)) return pass;
  if (id === null) {
    return fail(
      `${capital(holderOf(asked))} serves ${code(`${repository}:${tag}`)}, but ${code(source.familiar)} isn't here to compare it with. Pull it.`,
    );
  }
  return otherImage(world, asked, source, { id, served: manifest.configDigest });
}

/** The tag is there, with another image than asked. */
async function otherImage(
  world: World,
  asked: Reference,
  source: Reference,
  { id, served: servedId }: { id: string; served: string | null },
): Promise<Outcome> {
  const version = code(`${asked.repository}:${asked.tag}`);
  const holder = holderOf(asked);
  const refused = refusedPush(world, asked);
  if (refused) return specificFail(refused);
  if (servedId === null) {
    return fail(
      `${version} in ${holder} is a list of platforms; this step asks for the image of ${code(source.familiar)}.`,
    );
  }
  const names = await namesOf(world, servedId);
  const other = names.find((name) => !name.startsWith(`${asked.registry}/`)) ?? names[0];
  const seen = other && other !== asked.familiar ? code(other) : 'another image';
  if ((await namedImage(world, asked))?.id === id) {
    return fail(
      `Here ${code(asked.familiar)} stands for ${code(source.familiar)}, but ${holder} still has another image under that tag. This step asks you to push it.`,
    );
  }
  const instead = await doneInstead(world, asked, source, id);
  if (instead) return fail(instead);
  return fail(
    `${version} in ${holder} is ${seen}; this step asks for ${code(source.familiar)}. Tag that image ${code(asked.familiar)} and push again.`,
  );
}
