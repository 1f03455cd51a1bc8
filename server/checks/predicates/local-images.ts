// Images of the learner's engine, found by their exact names.

import type { ImageState } from '../../engine/types.ts';
import { type Reference, sameReference } from '../../reference.ts';
import type { World } from '../types.ts';

/** The image with exactly this name, or null. The engine alone would also accept the beginning of an ID. */
export async function namedImage(world: World, name: Reference): Promise<ImageState | null> {
  const image = await world.engine.image(name.familiar);
  if (!image) return null;
  const names = name.digest === null ? image.tags : image.digests;
  const wanted = name.tag !== null && name.digest !== null ? `${name.familiarName}@${name.digest}` : name.familiar;
  return names.some((other) => sameReference(other, wanted)) ? image : null;
}

/** The image ID of a name: now, or when it was last seen; null if it never was. */
export async function idOf(world: World, name: Reference): Promise<string | null> {
  return (await namedImage(world, name))?.id ?? world.journal.rememberedId(name.familiar);
}

/** All names of an image. */
export async function namesOf(world: World, id: string): Promise<string[]> {
  const images = await world.engine.images();
  return images.find((image) => image.id === id)?.tags ?? [];
}
