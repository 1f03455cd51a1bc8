// `registry.tag`: a registry serves an image under a repository and tag.

import { z } from 'zod';
import { type Reference, reference } from '../../reference.ts';
import type { RegistryView } from '../../registry/types.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, type World } from '../types.ts';
import { idOf, namesOf } from './local-images.ts';
import { imageParam, loginParams, registryParam, repositoryParam, tagParam } from './params.ts';
import { askRegistry } from './reach.ts';
import { notPushed } from './registry-tag-missing.ts';

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
      `Your registry serves ${code(`${repository}:${tag}`)}, but ${code(source.familiar)} isn't here to compare it with. Pull it.`,
    );
  }
  return otherImage(world, asked, source, manifest.configDigest);
}

async function otherImage(
  world: World,
  asked: Reference,
  source: Reference,
  configDigest: string | null,
): Promise<Outcome> {
  const version = code(`${asked.repository}:${asked.tag}`);
  if (configDigest === null) {
    return fail(
      `${version} in your registry is a list of platforms; this step asks for the image of ${code(source.familiar)}.`,
    );
  }
  const names = await namesOf(world, configDigest);
  const other = names.find((name) => !name.startsWith(`${asked.registry}/`)) ?? names[0];
  const seen = other && other !== asked.familiar ? code(other) : 'another image';
  return fail(
    `${version} in your registry is ${seen}; this step asks for ${code(source.familiar)}. Tag that image ${code(asked.familiar)} and push again.`,
  );
}
