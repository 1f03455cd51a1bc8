// The map of a learner's world: what engine, registries and the practice Docker Hub hold, as things with stable keys.
// All texts in it come from the learner's world: plain text.

import { z } from 'zod';

/** Any text of the learner's world, cut to what can be shown. */
const text = z.string().max(600);
const count = z.int().nonnegative();

const engineSchema = z
  .object({
    kind: z.literal('engine'),
    state: z.enum(['up', 'away', 'none']).describe('`none`: there is no computer now.'),
    more: count.describe('Images and containers beyond what a map can hold.'),
  })
  .meta({ id: 'Engine' });

const imageSchema = z
  .object({
    kind: z.literal('image'),
    id: text.describe('Digest of its config, `sha256:…`.'),
    tags: z.array(text).describe('Familiar names, each with a tag.'),
    digests: z.array(text).describe('`repository@sha256:…`: the manifests by which registries serve it.'),
    bytes: z.number().nonnegative(),
    layers: z.array(text).nullable().describe('Diff ids, the base first; null where the engine does not tell.'),
    platform: text,
  })
  .meta({ id: 'Image' });

const containerSchema = z
  .object({
    kind: z.literal('container'),
    id: text,
    name: text,
    image: text.describe('As it was typed.'),
    imageId: text,
    state: text,
    ports: z.array(z.object({ hostPort: count, containerPort: count })),
  })
  .meta({ id: 'Container' });

const registrySchema = z
  .object({
    kind: z.literal('registry'),
    host: text.describe('`docker.io` is the practice Docker Hub: only what this learner has of it.'),
    state: z.enum(['asking', 'up', 'login-required', 'not-a-registry', 'down', 'hangs']),
    asksLogin: z.boolean().describe('Whether it asks who one is.'),
    login: z
      .object({ user: text.nullable() })
      .nullable()
      .describe('Whether Docker keeps a login for it; the user where that is known.'),
    more: count.describe('Repositories and tags beyond what a map can hold.'),
  })
  .meta({ id: 'Registry' });

const repositorySchema = z.object({ kind: z.literal('repository'), host: text, name: text }).meta({ id: 'Repository' });

const tagSchema = z
  .object({
    kind: z.literal('tag'),
    host: text,
    repository: text,
    name: text,
    digest: text.describe('Of the manifest that it points at; empty where the registry does not tell.'),
  })
  .meta({ id: 'Tag' });

const blobSchema = z
  .object({
    digest: text,
    bytes: z.number().nonnegative(),
    served: z
      .boolean()
      .describe(
        'Whether the registry still serves it though its manifest was deleted; of a manifest that is served, always.',
      ),
  })
  .meta({ id: 'Blob' });

const manifestSchema = z
  .object({
    kind: z.literal('manifest'),
    host: text,
    repository: text,
    digest: text,
    state: z
      .enum(['served', 'deleted'])
      .describe('`deleted`: the registry serves it no more, but some of its blobs until garbage collection.'),
    mediaType: text,
    bytes: z.number().nonnegative(),
    config: blobSchema.nullable().describe('Null for a list of platforms.'),
    layers: z
      .array(blobSchema.extend({ diffId: text.nullable() }))
      .describe(
        'The base first. The diff id is what the engine knows the same layer by; null where the config does not tell.',
      ),
    platforms: z
      .array(z.object({ platform: text, digest: text }))
      .describe('Of a manifest list: what it holds for each platform.'),
    odd: text.nullable().describe('Why it is no manifest that anybody can draw; null for an ordinary one.'),
  })
  .meta({ id: 'Manifest' });

export const mapThingSchema = z
  .discriminatedUnion('kind', [
    engineSchema,
    imageSchema,
    containerSchema,
    registrySchema,
    repositorySchema,
    tagSchema,
    manifestSchema,
  ])
  .meta({ id: 'MapThing' });
export type MapThing = z.infer<typeof mapThingSchema>;
export type MapThingOf<Kind extends MapThing['kind']> = Extract<MapThing, { kind: Kind }>;

/** All things by their keys. */
export type MapPicture = Readonly<Record<string, MapThing>>;

export const mapPictureSchema = z.record(z.string(), mapThingSchema).meta({ id: 'MapPicture' });
export const mapDifferenceSchema = z
  .object({ set: mapPictureSchema, gone: z.array(z.string()) })
  .meta({ id: 'MapDifference', description: 'What became different between two pictures.' });
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

export const rawAnswerSchema = z
  .object({
    commands: z.array(z.string()).describe("Commands that give it, in the learner's terminal."),
    body: z.string().nullable().describe("The answer's own bytes as text; null where it has none that can be read."),
  })
  .meta({ id: 'RawAnswer', description: 'The real answer behind a thing.' });
export type RawAnswer = z.infer<typeof rawAnswerSchema>;
