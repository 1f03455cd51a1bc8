// Reads of the practice Docker Hub what this learner has of it: each digest once, and each tag once for what the engine has
// just now. No more is fetched than that, as the store may have to fetch it from far away.

import { fewAtATime } from '../few-at-a-time.ts';
import { parseReference } from '../reference.ts';
import type { RegistryReader } from '../registry/reader.ts';
import type { ManifestFacts, RegistryFacts } from './facts.ts';
import { readDiffIds, readManifest } from './manifest-facts.ts';

export const HUB_HOST = 'docker.io';
const AT_ONCE = 4;
const MAX_NAMES = 200;

/** Of one repository of the store: tags that may exist, and manifests that the engine has. */
export type HubWanted = ReadonlyMap<string, { tags: ReadonlySet<string>; digests: ReadonlySet<string> }>;

export class HubReading {
  readonly #store: RegistryReader;
  #tags = new Map<string, string | null>();
  #wanted = '';
  readonly #manifests = new Map<string, ManifestFacts | null>();

  constructor(store: RegistryReader) {
    this.#store = store;
  }

  /** Never throws. `own`: the learner's own repositories there, read already. */
  async read(wanted: HubWanted, own: RegistryFacts | null): Promise<RegistryFacts> {
    const ownRepositories = own?.repositories ?? [];
    const key = [...wanted].map(([name, { tags, digests }]) => [name, ...tags, ...digests].join(' ')).join();
    if (key !== this.#wanted) this.#tags = new Map();
    this.#wanted = key;
    const facts = { host: HUB_HOST, asksLogin: false, more: own?.more ?? 0 };
    try {
      const repositories = await fewAtATime(
        [...wanted].slice(0, MAX_NAMES),
        AT_ONCE,
        async ([name, { tags, digests }]) => {
          const pointed = await fewAtATime([...tags], 1, async (tag) => ({
            name: tag,
            digest: await this.#digestOf(name, tag),
          }));
          const manifests = await fewAtATime([...digests], 1, (digest) => this.#manifest(name, digest));
          return {
            name,
            tags: pointed.filter(({ digest }) => digest !== null),
            manifests: manifests.filter((manifest) => manifest !== null),
            deleted: [],
          };
        },
      );
      const found = repositories.filter(({ tags, manifests }) => tags.length + manifests.length > 0);
      return { ...facts, state: 'up', repositories: [...found, ...ownRepositories] };
    } catch {
      return { ...facts, state: 'down', repositories: ownRepositories };
    }
  }

  async #digestOf(repository: string, tag: string): Promise<string | null> {
    const key = `${repository}:${tag}`;
    const known = this.#tags.get(key);
    if (known !== undefined) return known;
    const digest = await this.#store.digestOf(repository, tag);
    this.#tags.set(key, digest);
    return digest;
  }

  async #manifest(repository: string, digest: string): Promise<ManifestFacts | null> {
    const key = `${repository}@${digest}`;
    const known = this.#manifests.get(key);
    if (known !== undefined) return known;
    const document = await this.#store.manifest(repository, digest);
    const read = document && readManifest(document);
    const config = read?.config ? await this.#store.blob(repository, read.config.digest) : null;
    const manifest = read && { ...read, digest, diffIds: read.config && readDiffIds(config, read.layers.length) };
    this.#manifests.set(key, manifest);
    return manifest;
  }
}

/** What to ask the store for, given the images of the lesson and of the engine. `own`: a namespace that is not the store's. */
export function hubWanted(
  lessonImages: readonly string[],
  images: readonly { tags: readonly string[]; digests: readonly string[] }[],
  own: string,
): HubWanted {
  const wanted = new Map<string, { tags: Set<string>; digests: Set<string> }>();
  const of = (repository: string) => {
    const known = wanted.get(repository) ?? { tags: new Set<string>(), digests: new Set<string>() };
    wanted.set(repository, known);
    return known;
  };
  for (const name of lessonImages) {
    const parsed = onHub(name, own);
    if (parsed?.tag) of(parsed.repository).tags.add(parsed.tag);
  }
  for (const { tags, digests } of images) {
    for (const name of digests) {
      const parsed = onHub(name, own);
      if (!parsed?.digest) continue;
      of(parsed.repository).digests.add(parsed.digest);
      for (const tag of tags) {
        const named = onHub(tag, own);
        if (named?.tag && named.repository === parsed.repository) of(named.repository).tags.add(named.tag);
      }
    }
  }
  return wanted;
}

function onHub(text: string, own: string) {
  const { reference } = parseReference(text);
  return reference?.isOnDockerHub && !reference.repository.startsWith(own) ? reference : null;
}
