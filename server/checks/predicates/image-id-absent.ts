// `image.idAbsent`: the image that a name stood for is gone, not only the name.

import { z } from 'zod';
import { reference } from '../../reference.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { changesOfImage, firstMoment } from './comings-and-goings.ts';
import { lastDocker } from './commands.ts';
import { idOf } from './local-images.ts';
import { imageParam } from './params.ts';

const params = z.strictObject({
  of: imageParam.describe('a name that the image has or had; its ID is remembered where the name is gone by now'),
});

export const imageIdAbsent: Predicate<z.infer<typeof params>> = {
  type: 'image.idAbsent',
  summary: 'no image has the ID that this name stands or stood for, not even as `<none>`',
  params,
  async wasSo({ journal }, { of }, afterMs) {
    const id = journal.rememberedId(of);
    return id === null ? null : firstMoment([changesOfImage(journal, id)], false, afterMs);
  },
  async evaluate(world, { of }) {
    const { familiar } = reference(of);
    const id = await idOf(world, reference(of));
    if (id === null) return fail(`${code(familiar)} hasn't been on this machine in this lesson. Pull it first.`);
    const image = await world.engine.image(id);
    if (!image) return pass;
    return stillHere(world, id, image.tags, familiar);
  },
};

async function stillHere(world: World, id: string, names: readonly string[], of: string): Promise<Outcome> {
  const short = id.replace('sha256:', '').slice(0, 12);
  const holders = (await world.engine.containers()).filter(({ imageId }) => imageId === id).map(({ name }) => name);
  if (names.length === 0) {
    const held =
      holders.length === 0
        ? ` Remove it by its ID: ${code(`docker rmi ${short}`)}.`
        : ` ${listed(holders)} still runs from it or was made from it: ${code(`docker rm -f ${holders.join(' ')}`)}, then ${code(`docker rmi ${short}`)}.`;
    return fail(`You only removed the name: the image stays as \`<none>\`, with the ID ${code(short)}.${held}`);
  }
  const removal = lastDocker(world, ['rmi']);
  const [word = ''] = removal?.command.args ?? [];
  if (removal && removal.record.exitCode === 0 && word !== '') {
    if (standsForOther(world, word, id))
      return specificFail(
        `${code(word)} stood for another image; this step asks you to remove that of ${code(of)} (${code(short)}).`,
      );
    return specificFail(
      `One name less, but the image ${code(short)} is still here: ${listed(names)} ${names.length === 1 ? 'keeps' : 'keep'} it. Remove all its names.`,
    );
  }
  if (removal && /No such image/.test(removal.record.output))
    return specificFail(`There is no image ${code(word)} here; this step asks you to remove that of ${code(of)}.`);
  return fail(
    `The image of ${code(of)} (${code(short)}) is still on this machine, as ${listed(names)}; this step asks you to remove it with all its names.`,
  );
}

/** Whether this word of `docker rmi` meant another image. */
function standsForOther({ journal }: World, word: string, id: string): boolean {
  if (/^[0-9a-f]{6,64}$/.test(word)) return !id.startsWith(`sha256:${word}`);
  const known = journal.rememberedId(word);
  return known !== null && known !== id;
}
