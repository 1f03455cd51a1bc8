// Reads a manifest's and a config's bytes, whatever a registry may serve as such.

import { z } from 'zod';
import { jsonOf } from '../json.ts';
import type { RegistryDocument } from '../registry/reader.ts';
import type { ManifestFacts } from './facts.ts';

export const MAX_LAYERS = 130;
const MAX_PLATFORMS = 40;
const MAX_BYTES = 1024 * 1024;

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const bytes = z.number().nonnegative();
const descriptor = z.object({ digest, size: bytes });
const platform = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });
const imageManifest = z.object({
  mediaType: z.string().optional(),
  config: descriptor,
  layers: z.array(descriptor).max(MAX_LAYERS),
});
const listManifest = z.object({
  mediaType: z.string().optional(),
  manifests: z.array(z.object({ digest, platform: platform.optional() })).max(MAX_PLATFORMS),
});
const configBlob = z.object({ rootfs: z.object({ diff_ids: z.array(digest).max(MAX_LAYERS) }) });

/** Diff ids are still null: they stand in the config. */
export function readManifest(document: RegistryDocument): ManifestFacts {
  const plain: ManifestFacts = {
    digest: document.digest,
    mediaType: document.mediaType,
    bytes: document.bytes.length,
    config: null,
    layers: [],
    diffIds: null,
    platforms: [],
    odd: null,
  };
  if (document.bytes.length > MAX_BYTES) return { ...plain, odd: 'It is larger than any manifest should be.' };
  const json = jsonOf(document.bytes);
  if (json === undefined) return { ...plain, odd: 'It is no JSON.' };
  const image = imageManifest.safeParse(json).data;
  if (image) {
    const { config, layers } = image;
    return {
      ...plain,
      mediaType: image.mediaType ?? plain.mediaType,
      config: { digest: config.digest, bytes: config.size },
      layers: layers.map(({ digest, size }) => ({ digest, bytes: size })),
    };
  }
  const list = listManifest.safeParse(json).data;
  if (!list) return { ...plain, odd: 'It is neither an image manifest nor a list of platforms.' };
  return {
    ...plain,
    mediaType: list.mediaType ?? plain.mediaType,
    platforms: list.manifests.map(({ digest, platform }) => ({
      digest,
      platform: platform
        ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/').slice(0, 100)
        : 'unknown',
    })),
  };
}

/** The diff ids of a config, where there is one for each layer; otherwise null. */
export function readDiffIds(config: RegistryDocument | null, layers: number): string[] | null {
  if (!config || config.bytes.length > MAX_BYTES) return null;
  const ids = configBlob.safeParse(jsonOf(config.bytes)).data?.rootfs.diff_ids;
  return ids?.length === layers ? ids : null;
}
