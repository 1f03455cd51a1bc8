// `event`: the engine did something with an image or a container since the lesson was opened.

import { z } from 'zod';
import type { EngineEvent } from '../../engine/types.ts';
import { reference, sameReference } from '../../reference.ts';
import { code } from '../quoted.ts';
import { fail, type Predicate, specificFail, type World } from '../types.ts';
import { wrongPull } from './image-present.ts';
import { containerParam, imageParam } from './params.ts';

const imageActions = ['pull', 'push', 'tag', 'untag', 'delete'] as const;
const containerActions = ['create', 'start', 'die', 'stop', 'restart', 'kill', 'pause', 'destroy', 'rename'] as const;

const params = z
  .strictObject({
    action: z
      .enum([...imageActions, ...containerActions])
      .describe(`what happened: \`${[...imageActions, ...containerActions].join('`, `')}\``),
    image: imageParam
      .optional()
      .describe('the image; for what happens to containers: the image that the container was made from'),
    container: containerParam.optional().describe('name of the container'),
    exitCode: z.int().min(0).max(255).optional().describe('exit code, for `die`'),
  })
  .refine(({ image, container }) => image !== undefined || container !== undefined, '`image` or `container` is missing')
  .refine(
    ({ action, container }) => container === undefined || !isImageAction(action),
    'what happens to images needs `image`, not `container`',
  );
type Params = z.infer<typeof params>;

export const event: Predicate<Params> = {
  type: 'event',
  summary: 'the engine did this since the lesson was opened; within an `order`: after the checks before it',
  params,
  async evaluate(world, wanted) {
    const { action, exitCode, image } = wanted;
    const happened = world.journal
      .events()
      .filter((one) => one.action === action && one.atMs > (world.eventsAfterMs ?? 0) && concerns(world, one, wanted));
    const match = happened.find((one) => exitCode === undefined || one.exitCode === exitCode);
    if (match) return { state: 'pass', atMs: match.atMs };
    const what =
      image === undefined ? `the container ${code(wanted.container ?? '')}` : code(reference(image).familiar);
    const [other] = happened;
    if (other) {
      return fail(
        `${what} ended with exit code \`${other.exitCode ?? '?'}\`; this step asks for one that ends with \`${exitCode}\`.`,
      );
    }
    const wrong = image === undefined || !isMadeByRun(action) ? null : await wrongPull(world, reference(image));
    if (wrong) return specificFail(wrong);
    return fail(`This step asks you to ${wording[action](what, image !== undefined)}.`);
  },
};

function isMadeByRun(action: string): boolean {
  return ['pull', 'create', 'start', 'die'].includes(action);
}

function isImageAction(action: string): boolean {
  return (imageActions as readonly string[]).includes(action);
}

function concerns(world: World, one: EngineEvent, { action, image, container }: Params): boolean {
  if (!isImageAction(action)) {
    return (
      one.kind === 'container' &&
      (container === undefined || one.name === container) &&
      (image === undefined || sameReference(one.image ?? '', image))
    );
  }
  if (one.kind !== 'image' || image === undefined) return false;
  if (action === 'pull' || action === 'push') return sameReference(one.id, image);
  if (action === 'tag') return sameReference(one.name, image);
  // A removal tells the image ID only.
  return world.journal.idsOf(image).includes(one.id);
}

const wording: Record<Params['action'], (what: string, ofImage: boolean) => string> = {
  pull: (what) => `pull ${what}`,
  push: (what) => `push ${what}`,
  tag: (what) => `give an image the name ${what}`,
  untag: (what) => `remove ${what}`,
  delete: (what) => `remove ${what}`,
  create: (what, ofImage) => `make ${ofImage ? `a container from ${what}` : what}`,
  start: (what, ofImage) => `start ${ofImage ? `a container from ${what}` : what}`,
  die: (what, ofImage) => `run ${ofImage ? `a container from ${what}` : what} to its end`,
  stop: (what, ofImage) => `stop ${ofImage ? `a container from ${what}` : what}`,
  restart: (what, ofImage) => `restart ${ofImage ? `a container from ${what}` : what}`,
  kill: (what, ofImage) => `end ${ofImage ? `a container from ${what}` : what}`,
  pause: (what, ofImage) => `pause ${ofImage ? `a container from ${what}` : what}`,
  destroy: (what, ofImage) => `remove ${ofImage ? `a container from ${what}` : what}`,
  rename: (what, ofImage) => `rename ${ofImage ? `a container from ${what}` : what}`,
};
