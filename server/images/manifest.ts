// Image configs, manifests and lists of platforms in Docker's schema 2.
// https://distribution.github.io/distribution/spec/manifest-v2-2/

import { digestOf, FIXED_TIME, type Layer } from './layer.ts';

export const MEDIA_TYPE = {
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;

const CREATED = FIXED_TIME.toISOString();

/** The part of an image's config that says how to run it, in the engine's own names. */
export interface RunConfig {
  Env: string[];
  Cmd: string[];
  Entrypoint?: string[];
  ExposedPorts?: Record<string, Record<string, never>>;
  Volumes?: Record<string, Record<string, never>>;
  WorkingDir?: string;
  StopSignal?: string;
  Labels: Record<string, string>;
}

export interface ImageLayer extends Layer {
  /** What made it, for `docker history`. */
  step: string;
}

export interface Document {
  mediaType: string;
  digest: string;
  bytes: Buffer;
}

export interface ImageManifest extends Document {
  config: Document;
}

export interface PlatformManifest {
  architecture: string;
  manifest: Document;
}

/** The config and manifest of one platform's image. */
export function makeImage(architecture: string, layers: ImageLayer[], run: RunConfig): ImageManifest {
  const config = document(MEDIA_TYPE.config, {
    architecture,
    os: 'linux',
    created: CREATED,
    config: run,
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    history: [
      ...layers.map((layer) => ({ created: CREATED, created_by: layer.step })),
      ...runSteps(run).map((step) => ({ created: CREATED, created_by: step, empty_layer: true })),
    ],
  });
  const manifest = document(MEDIA_TYPE.manifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: { mediaType: MEDIA_TYPE.config, size: config.bytes.length, digest: config.digest },
    layers: layers.map(({ digest, size }) => ({ mediaType: MEDIA_TYPE.layer, size, digest })),
  });
  return { ...manifest, config };
}

/** The list from which an engine chooses its own platform. */
export function makeList(platforms: PlatformManifest[]): Document {
  return document(MEDIA_TYPE.list, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.list,
    manifests: platforms.map(({ architecture, manifest }) => ({
      mediaType: manifest.mediaType,
      size: manifest.bytes.length,
      digest: manifest.digest,
      platform: { architecture, os: 'linux', ...(architecture === 'arm64' ? { variant: 'v8' } : {}) },
    })),
  });
}

function runSteps(run: RunConfig): string[] {
  const keys = (value: Record<string, unknown> | undefined) => Object.keys(value ?? {});
  return [
    ...keys(run.ExposedPorts).map((port) => `EXPOSE ${port}`),
    ...keys(run.Volumes).map((path) => `VOLUME ${path}`),
    ...(run.StopSignal ? [`STOPSIGNAL ${run.StopSignal}`] : []),
    ...(run.Entrypoint ? [`ENTRYPOINT ${JSON.stringify(run.Entrypoint)}`] : []),
    `CMD ${JSON.stringify(run.Cmd)}`,
  ];
}

function document(mediaType: string, value: unknown): Document {
  const bytes = Buffer.from(JSON.stringify(value, null, 3));
  return { mediaType, bytes, digest: digestOf(bytes) };
}
