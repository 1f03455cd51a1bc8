// `image.absent`: none of these names is on this machine.

import { z } from 'zod';
import { parseReference, type Reference, reference, sameReference } from '../../reference.ts';
import { code, listed } from '../quoted.ts';
import { fail, type Outcome, type Predicate, pass, specificFail, type World } from '../types.ts';
import { changesOfName, firstMoment } from './comings-and-goings.ts';
import { lastDocker } from './commands.ts';
import { namedImage } from './local-images.ts';
import { imageParam } from './params.ts';

const params = z.strictObject({
  images: z.array(imageParam).min(1).describe('the names that must be gone'),
});

export const imageAbsent: Predicate<z.infer<typeof params>> = {
  type: 'image.absent',
  summary: 'none of these names is on this machine',
  params,
  async wasSo(world, { images }, afterMs) {
    return firstMoment(await Promise.all(images.map((name) => changesOfName(world, name))), false, afterMs);
  },
  async evaluate(world, { images }) {
    const asked = images.map(reference);
    const found = await Promise.all(asked.map((name) => namedImage(world, name)));
    const left = asked.filter((_, index) => found[index] !== null);
    if (left.length === 0) return pass;
    const other = await refusedOther(world, asked);
    return other ? notAsked(other, left) : stillHere(world, asked, left);
  },
};

/** An image that the last command couldn't remove, and that this step doesn't speak of; null where there is none. */
async function refusedOther(world: World, asked: Reference[]): Promise<Reference | null> {
  const removal = lastDocker(world, ['rmi']);
  for (const word of removal && removal.record.exitCode !== 0 ? removal.command.args : []) {
    const name = parseReference(word).reference;
    if (name && !asked.some((one) => one.equals(name)) && (await namedImage(world, name))) return name;
  }
  return null;
}

function notAsked(other: Reference, left: Reference[]): Outcome {
  const names = listed(left.map((name) => name.familiar));
  return specificFail(`${code(other.familiar)} isn't what this step asks you to remove, but ${names}.`);
}

function stillHere(world: World, asked: Reference[], left: Reference[]): Outcome {
  const remove = code(`docker rmi ${left.map((name) => name.familiar).join(' ')}`);
  const names = left.map((name) => name.familiar);
  const removal = lastDocker(world, ['rmi', 'rm']);
  for (const word of removal && removal.record.exitCode !== 0 ? removal.command.args : []) {
    const name = parseReference(word).reference;
    const meant = name && left.find((other) => other.familiarName === name.familiarName && other.tag !== name.tag);
    if (!name || !meant) continue;
    if (name.tag === 'latest')
      return specificFail(
        `No tag typed means \`latest\`, and you have ${code(meant.familiar)}. This step asks you to remove that name.`,
      );
    return specificFail(
      `There is no ${code(name.familiar)} here; this step asks you to remove ${code(meant.familiar)}.`,
    );
  }
  const [word = ''] = removal?.command.args ?? [];
  if (removal?.command.verb === 'rm' && left.some((name) => sameReference(word, name.familiar)))
    return specificFail(`\`docker rm\` removes containers, and \`docker rmi\` images: ${remove}.`);
  if (removal && removal.record.exitCode !== 0 && /No such image/.test(removal.record.output))
    return specificFail(`There is no image ${code(word)} here; this step asks you to remove ${listed(names)}.`);
  if (left.length < asked.length) {
    const gone = asked.filter((name) => !left.includes(name)).map((name) => name.familiar);
    return fail(
      `${listed(gone)} is gone, but ${listed(names)} still keeps the layers on this machine. Remove it too: ${remove}.`,
    );
  }
  return fail(
    `${listed(names)} ${left.length === 1 ? 'is' : 'are'} still on this machine; this step asks you to remove ${left.length === 1 ? 'it' : 'all of them'}.`,
  );
}
