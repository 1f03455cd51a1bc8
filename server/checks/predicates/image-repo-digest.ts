// `image.repoDigest`: an image is here with a digest that a repository gave it.

import { z } from 'zod';
import { parseReference, reference, sameReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { lastDocker } from './commands.ts';
import { idOf } from './local-images.ts';
import { imageParam } from './params.ts';

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
    return notByDigest(world, repo, id);
  },
};

function notByDigest(world: World, repo: string, id: string): Outcome {
  const asks = `This step asks you to pull ${code(`${repo}@sha256:…`)}, with all 64 digits of the DIGEST column.`;
  const pull = lastDocker(world, ['pull', 'run']);
  const typed = pull && asDockerSaw(pull.command.args[0] ?? '', pull.record.output);
  if (!pull || !typed) return fail(asks);
  const digest = typed.includes('@') ? typed.slice(typed.indexOf('@') + 1) : null;
  const bare = (digest ?? typed).replace(/^sha256:/, '');
  if (/^[0-9a-f]{12,64}$/.test(bare) && id.startsWith(`sha256:${bare}`)) {
    return specificFail(
      `That is the image ID, the hash of the image's config. A pull takes the value of the DIGEST column. ${asks}`,
    );
  }
  if (digest === null && /^[0-9a-f]{12,64}$/.test(bare))
    return specificFail(`A digest needs its repository in front. ${asks}`);
  if (digest === null && /:[0-9a-f]{64}$/.test(typed))
    return specificFail(
      `A colon is for a tag. Before a digest stands an \`@\`, and the digest begins with \`sha256:\`. ${asks}`,
    );
  if (digest === null) return specificFail(`${code(typed)} is a name with a tag, and a tag can move. ${asks}`);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
    return specificFail(`A digest is \`sha256:\` and all 64 hexadecimal digits, and yours is ${code(digest)}. ${asks}`);
  }
  const seen = parseReference(typed).reference?.familiarName;
  if (seen !== undefined && seen !== repo)
    return specificFail(`You pulled from ${code(seen)}; this step asks for ${code(repo)}.`);
  if (pull.record.exitCode === 0) return specificFail(`That digest belongs to another image of ${code(repo)}. ${asks}`);
  return fail(asks);
}

/** The word after the shell put in its values, as Docker's answer tells it; null where it doesn't. */
function asDockerSaw(word: string, output: string): string | null {
  if (!/[$`]/.test(word)) return word;
  return /(\S{1,256}@sha256:[0-9a-f]{64})(?= not found|: Pulling from)/.exec(output)?.[1] ?? null;
}
