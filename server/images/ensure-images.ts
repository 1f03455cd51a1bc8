// Which images Slipway runs on, in what order they are built, and how each is named.

import { fileURLToPath } from 'node:url';
import { type HostEngine, HostImages } from '../engine/host-images.ts';
import type { LabelKind } from '../engine/labels.ts';
import { bootstrapBase, buildBase, MMDEBSTRAP_OPTIONS } from './base.ts';
import { hashContext } from './content-hash.ts';

const folder = (name: string) => fileURLToPath(new URL(`../../sandbox/${name}`, import.meta.url));

/** `online`: Docker Hub can be reached. */
export type ImageMode = 'online' | 'offline';

export interface Images {
  base: string;
  learner: string;
  hub: string;
  /** What the offline stand-ins are assembled from; null in online mode. */
  parts: string | null;
  offline: boolean;
}

export interface EnsureImagesOptions {
  engine: HostEngine;
  mode: ImageMode;
  /** Gets a line when a stage starts and when it is done; nothing for what exists already. */
  progress: (stage: string) => void;
  signal?: AbortSignal;
}

/** Builds what is missing and returns the tags. Throws SlipwayError when a build fails, the signal's reason when aborted. */
export async function ensureImages({ engine, mode, progress, signal }: EnsureImagesOptions): Promise<Images> {
  const images = new HostImages(engine);
  const offline = mode === 'offline';

  const ensure = async (tag: string, doing: string, done: string, make: (signal?: AbortSignal) => Promise<void>) => {
    if (await images.imageExists(tag)) return tag;
    signal?.throwIfAborted();
    progress(doing);
    await make(signal);
    progress(done);
    return tag;
  };
  const build = async (
    kind: LabelKind,
    dir: string,
    buildArgs: Record<string, string>,
    doing: string,
    done: string,
  ) => {
    const tag = `slipway/${kind}:${await hashContext(folder(dir), buildArgs)}`;
    return ensure(tag, doing, done, (stop) => images.buildImage(folder(dir), { tag, buildArgs, kind, signal: stop }));
  };

  const recipe = await hashContext(folder('base'), offline ? { options: MMDEBSTRAP_OPTIONS.join(' ') } : {});
  const base = await ensure(
    `slipway/base:${recipe}`,
    'Making the Debian base image',
    'Made the Debian base image',
    (stop) => (offline ? bootstrapBase : buildBase)(images, folder('base'), `slipway/base:${recipe}`, stop),
  );

  const buildHub = async () => {
    const hub = await build(
      'hub',
      'offline/hub',
      { BASE: base },
      'Building the practice Docker Hub',
      'Built the practice Docker Hub',
    );
    if (!offline) return { hub, parts: null };
    const doing = 'Building the images that stand in for Docker Hub’s';
    const parts = await build(
      'parts',
      'offline/parts',
      { HUB: hub },
      doing,
      'Built the images that stand in for Docker Hub’s',
    );
    return { hub, parts };
  };
  const doing = 'Building the learner’s computer';
  const [learner, hub] = await settleBoth(
    build('learner', 'learner', { BASE: base }, doing, 'Built the learner’s computer'),
    buildHub(),
  );
  return { base, learner, ...hub, offline };
}

/** As Promise.all, but nothing is still running when it throws. */
async function settleBoth<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}
