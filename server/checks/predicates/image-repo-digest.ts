// `image.repoDigest`: an image is here with a digest that a repository gave it.

import { z } from 'zod';
import { parseReference, reference, sameReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { fail, type Predicate, pass } from '../types.ts';
import { idOf } from './local-images.ts';
import { imageParam } from './params.ts';
import { notByDigest } from './repo-digest-near-miss.ts';

const params = z.strictObject({
  repository: imageParam.describe('the repository whose digest it must have, `alpine` or `localhost:5000/mynginx`'),
  of: imageParam.describe('a name that the image has or had'),
  pulled: z.boolean().optional().describe('true: it must have been pulled by `repository@sha256:…` in this lesson'),
});
type Params = z.infer<typeof params>;

export const imageRepoDigest: Predicate<Params> = {
  type: 'image.repoDigest',
  summary: 'the image that a name stands or stood for is here with a digest of this repository',
  params,
  async evaluate(world, { repository, of, pulled = false }) {
    const [repo, source] = [reference(repository).familiarName, reference(of)];
    const id = await idOf(world, source);
    if (id === null) return fail(`${code(source.familiar)} hasn't been on this machine in this lesson. Pull it first.`);
    const image = await world.engine.image(id);
    const mine = (image?.digests ?? []).filter((name) => parseReference(name).reference?.familiarName === repo);
    const byDigest = world.journal
      .events()
      .some(({ action, id: name }) => action === 'pull' && mine.some((digest) => sameReference(name, digest)));
    if (mine.length > 0 && (!pulled || byDigest)) return pass;
    return notByDigest(world, { repository: reference(repository), id, digests: mine });
  },
};
