// A hand-made world for the predicates' tests: an engine, registries and a journal that are plain data.

import type { ContainerDetail, ContainerState, EngineEvent, ImageState } from '../../engine/types.ts';
import { parseReference, sameReference } from '../../reference.ts';
import { type Manifest, RegistryDown, type RegistryStatus, type RegistryView } from '../../registry/types.ts';
import { checkItemSchema } from '../items.ts';
import type { CommandRecord, JournalView, Outcome, World } from '../types.ts';

export interface Scene {
  /** Name → image ID's last character, `{ 'nginx:latest': 'a' }`. */
  images?: Record<string, string>;
  containers?: Partial<ContainerState>[];
  /** Address → `repository:tag` → last character of the config's digest. An address that is missing is down. */
  registries?: Record<string, Record<string, string>>;
  status?: RegistryStatus;
  events?: Partial<EngineEvent>[];
  /** Line, exit code, output; in the order in which they were typed. */
  commands?: [line: string, exitCode?: number, output?: string][];
  /** Name → last characters of the IDs that it had, the newest last. */
  remembered?: Record<string, string>;
  /** Last character of an image ID → its digests, `alpine@sha256:…`. */
  digests?: Record<string, string[]>;
  /** Last characters of the IDs of images that have no name. */
  dangling?: string[];
  /** By name. */
  details?: Record<string, Partial<ContainerDetail>>;
  /** Path → text. */
  files?: Record<string, string>;
  /** `user:password` that the registries want. */
  login?: string;
  /** Name → when it was first seen, where that is not before all events. */
  seenAtMs?: Record<string, number>;
  /** Kept from one evaluation to the next. */
  latched?: Set<string>;
  running?: string;
  /** Last characters of the digest that registries tell without an Accept header. */
  old?: string | undefined;
}

/** `sha256:` and 64 hexadecimal digits that end in this one. */
export const digest = (character: string): string => `sha256:${character.padStart(64, '0')}`;

export const manifestOf = (config: string): Manifest => ({
  digest: digest(`1${config}`),
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  configDigest: digest(config),
  layerDigests: [digest(`2${config}`), digest(`3${config}`)],
});

/** The outcome of one check in a scene; the parameters go through the predicate's schema, as a lesson's do. */
export async function outcomeOf(type: string, params: unknown, scene: Scene): Promise<Outcome> {
  return checkItemSchema.parse({ [type]: params }).evaluate(worldOf(scene));
}

/** `pass`, or what is said. */
export async function verdict(type: string, params: unknown, scene: Scene): Promise<string> {
  const outcome = await outcomeOf(type, params, scene);
  return outcome.state === 'pass' ? 'pass' : outcome.message;
}

export function worldOf(scene: Scene): World {
  const images = imagesOf(scene);
  const latched = scene.latched ?? new Set<string>();
  return {
    engine: {
      image: async (name) =>
        images.find(({ id, tags }) => id.includes(name) || tags.some((tag) => sameReference(tag, name))) ?? null,
      images: async () => images,
      containers: async () => (scene.containers ?? []).map(containerOf),
      container: async (name) => {
        const detail = scene.details?.[name];
        return detail ? { env: [], mounts: [], ...detail } : null;
      },
    },
    registry: (host, credentials) => {
      const refused = scene.login !== undefined && `${credentials?.user}:${credentials?.password}` !== scene.login;
      const view = registryOf(host, scene.registries?.[host], refused ? 'login-required' : scene.status);
      return scene.old === undefined ? view : { ...view, oldDigest: async () => digest(scene.old as string) };
    },
    journal: journalOf(scene),
    files: { read: async (path) => scene.files?.[path] ?? null },
    latches: { has: (key) => latched.has(key), set: (key) => void latched.add(key) },
  };
}

function imagesOf({ images = {}, dangling = [], digests = {} }: Scene): ImageState[] {
  return [...new Set([...Object.values(images), ...dangling])].map((id) => ({
    id: digest(id),
    tags: Object.keys(images).filter((name) => images[name] === id),
    digests: digests[id] ?? [],
    os: 'linux',
    architecture: 'amd64',
  }));
}

function containerOf(some: Partial<ContainerState>): ContainerState {
  const image = some.image ?? 'registry:2';
  return {
    id: 'c1',
    name: 'registry',
    image,
    imageId: digest('e'),
    state: 'running',
    exitCode: 0,
    ports: [],
    command: ['serve'],
    attached: false,
    ...some,
  };
}

function registryOf(
  host: string,
  content: Record<string, string> | undefined,
  status: RegistryStatus = content ? 'up' : 'down',
): RegistryView {
  const asked = <T>(answer: (served: Record<string, string>) => T): Promise<T> =>
    content ? Promise.resolve(answer(content)) : Promise.reject(new RegistryDown(host));
  return {
    host,
    status: async () => status,
    repositories: () =>
      asked((served) => [...new Set(Object.keys(served).map((name) => name.split(':')[0] as string))]),
    tags: (repository) =>
      asked((served) => {
        const tags = Object.keys(served).flatMap((name) =>
          name.startsWith(`${repository}:`) ? [name.slice(repository.length + 1)] : [],
        );
        return tags.length > 0 ? tags : null;
      }),
    manifest: (repository, tag) =>
      asked((served) => {
        const config = served[`${repository}:${tag}`];
        return config === undefined ? null : manifestOf(config);
      }),
    oldDigest: () => asked(() => null),
    hasBlob: (repository, wanted) =>
      asked((served) =>
        Object.entries(served).some(([name, config]) => name.startsWith(`${repository}:`) && digest(config) === wanted),
      ),
  };
}

/** What happened and what was typed in a scene. */
export function journalOf(scene: Scene): JournalView {
  const began = 1000;
  return {
    events: () =>
      (scene.events ?? []).map((event, index) => ({
        kind: 'image',
        action: '',
        id: '',
        name: '',
        atMs: began + index,
        ...event,
      })),
    commands: () =>
      (scene.commands ?? []).map(
        ([line, exitCode = 0, output = '']): CommandRecord => ({
          line,
          exitCode,
          output,
          startedAtMs: began,
          endedAtMs: began,
        }),
      ),
    running: () => scene.running ?? null,
    rememberedId: (name) => rememberedIds(scene, name).at(-1) ?? null,
    idsOf: (name) => rememberedIds(scene, name),
    namesOf: (id, beforeMs) =>
      Object.keys(scene.remembered ?? {}).filter(
        (name) => rememberedIds(scene, name).includes(id) && (scene.seenAtMs?.[name] ?? 0) < beforeMs,
      ),
  };
}

function rememberedIds({ remembered = {} }: Scene, name: string): string[] {
  return [...(remembered[parseReference(name).reference?.familiar ?? name] ?? '')].map(digest);
}
