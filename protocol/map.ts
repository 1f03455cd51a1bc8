// The map of a learner's world: what engine, registries and the practice Docker Hub hold, as things with stable keys.
// All texts in it come from the learner's world: plain text.

import { z } from 'zod';

/** Any text of the learner's world, cut to what can be shown. */
const text = z.string().max(600);
const count = z.int().nonnegative();

const engineSchema = z.object({
  kind: z.literal('engine'),
  /** `none`: there is no computer now. */
  state: z.enum(['up', 'away', 'none']),
  /** Images and containers beyond what a map can hold. */
  more: count,
});

const imageSchema = z.object({
  kind: z.literal('image'),
  /** Digest of its config, `sha256:…`. */
  id: text,
  /** Familiar names, each with a tag. */
  tags: z.array(text),
  /** `repository@sha256:…`: the manifests by which registries serve it. */
  digests: z.array(text),
  bytes: z.number().nonnegative(),
  /** Diff ids, the base first; null where the engine does not tell. */
  layers: z.array(text).nullable(),
  platform: text,
});

const containerSchema = z.object({
  kind: z.literal('container'),
  id: text,
  name: text,
  /** As it was typed. */
  image: text,
  imageId: text,
  state: text,
  ports: z.array(z.object({ hostPort: count, containerPort: count })),
});

const registrySchema = z.object({
  kind: z.literal('registry'),
  /** `docker.io` is the practice Docker Hub: only what this learner has of it. */
  host: text,
  state: z.enum(['asking', 'up', 'login-required', 'not-a-registry', 'down', 'hangs']),
  /** Whether it asks who one is. */
  asksLogin: z.boolean(),
  /** Whether Docker keeps a login for it; the user where that is known. */
  login: z.object({ user: text.nullable() }).nullable(),
  /** Repositories and tags beyond what a map can hold. */
  more: count,
});

const repositorySchema = z.object({ kind: z.literal('repository'), host: text, name: text });

const tagSchema = z.object({
  kind: z.literal('tag'),
  host: text,
  repository: text,
  name: text,
  /** Of the manifest that it points at; empty where the registry does not tell. */
  digest: text,
});

const blobSchema = z.object({
  digest: text,
  bytes: z.number().nonnegative(),
  /** Whether the registry still serves it though its manifest was deleted; of a manifest that is served, always. */
  served: z.boolean(),
});

const manifestSchema = z.object({
  kind: z.literal('manifest'),
  host: text,
  repository: text,
  digest: text,
  /** `deleted`: the registry serves it no more, but some of its blobs until garbage collection. */
  state: z.enum(['served', 'deleted']),
  mediaType: text,
  bytes: z.number().nonnegative(),
  /** Null for a list of platforms. */
  config: blobSchema.nullable(),
  /** The base first. The diff id is what the engine knows the same layer by; null where the config does not tell. */
  layers: z.array(blobSchema.extend({ diffId: text.nullable() })),
  /** Of a manifest list: what it holds for each platform. */
  platforms: z.array(z.object({ platform: text, digest: text })),
  /** Why it is no manifest that anybody can draw; null for an ordinary one. */
  odd: text.nullable(),
});

export const mapThingSchema = z.discriminatedUnion('kind', [
  engineSchema,
  imageSchema,
  containerSchema,
  registrySchema,
  repositorySchema,
  tagSchema,
  manifestSchema,
]);
export type MapThing = z.infer<typeof mapThingSchema>;
export type MapThingOf<Kind extends MapThing['kind']> = Extract<MapThing, { kind: Kind }>;

/** All things by their keys. */
export type MapPicture = Readonly<Record<string, MapThing>>;

export const mapPictureSchema = z.record(z.string(), mapThingSchema);
/** What became different between two pictures. */
export const mapDifferenceSchema = z.object({ set: mapPictureSchema, gone: z.array(z.string()) });
export type MapDifference = z.infer<typeof mapDifferenceSchema>;

/** The same for the same thing in every picture. */
export function keyOf(thing: MapThing): string {
  switch (thing.kind) {
    case 'engine':
      return 'engine';
    case 'image':
      return `image ${thing.id}`;
    case 'container':
      return `container ${thing.id}`;
    case 'registry':
      return `registry ${thing.host}`;
    case 'repository':
      return `repository ${thing.host}/${thing.name}`;
    case 'tag':
      return `tag ${thing.host}/${thing.repository}:${thing.name}`;
    case 'manifest':
      return `manifest ${thing.host}/${thing.repository}@${thing.digest}`;
  }
}

/** What must be sent for `before` to become `after`; null where they are the same. */
export function difference(before: MapPicture, after: MapPicture): MapDifference | null {
  const set = Object.fromEntries(
    Object.entries(after).filter(([key, thing]) => JSON.stringify(before[key]) !== JSON.stringify(thing)),
  );
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return gone.length === 0 && Object.keys(set).length === 0 ? null : { set, gone };
}

/** The picture after a difference. */
export function applied(before: MapPicture, { set, gone }: MapDifference): MapPicture {
  const after: Record<string, MapThing> = { ...before, ...set };
  for (const key of gone) delete after[key];
  return after;
}

/** The real answer behind a thing. */
export const rawAnswerSchema = z.object({
  /** Commands that give it, in the learner's terminal. */
  commands: z.array(z.string()),
  /** The answer's own bytes as text; null where it has none that can be read. */
  body: z.string().nullable(),
});
export type RawAnswer = z.infer<typeof rawAnswerSchema>;
