// Reads one registry for the map. What has a digest is asked once; what was known and is no longer there is looked for
// until garbage collection has taken the last of it.

import { fewAtATime } from '../few-at-a-time.ts';
import type { RegistryReader } from '../registry/reader.ts';
import { RegistryDown } from '../registry/types.ts';
import type { ManifestFacts, RegistryFacts, RepositoryFacts } from './facts.ts';
import { readDiffIds, readManifest } from './manifest-facts.ts';

const AT_ONCE = 4;
const MAX_REPOSITORIES = 500;
const MAX_TAGS = 2_000;
/** Manifests that are remembered, of all repositories. */
const MAX_KNOWN = 4_000;
/** A registry that answers slowly is left after this. */
const WITHIN_MS = 30_000;

class TooSlow extends Error {}

export class RegistryReading {
  /** By repository and digest; a digest that leads to no manifest is not remembered. */
  readonly #known = new Map<string, Map<string, ManifestFacts>>();
  #count = 0;

  /** Whether anything was ever found. */
  get knowsSomething(): boolean {
    return this.#count > 0;
  }

  /**
   * `hinted`: manifests that others know of, by repository. Never throws: what a registry does not answer, or answers
   * oddly, is a fact too.
   */
  async read(
    reader: RegistryReader,
    hinted: ReadonlyMap<string, readonly string[]>,
    asksLogin: boolean,
  ): Promise<RegistryFacts> {
    const { host } = reader;
    const end = performance.now() + WITHIN_MS;
    const nothing = { host, asksLogin, repositories: [], more: 0 };
    try {
      const state = await reader.status();
      if (state !== 'up') return { ...nothing, state, asksLogin: asksLogin || state === 'login-required' };
      const catalog = await reader.repositories();
      const names = catalog.slice(0, MAX_REPOSITORIES);
      let more = catalog.length - names.length;
      let room = MAX_TAGS;
      const repositories = await fewAtATime(names, AT_ONCE, async (name) => {
        const tags = (await reader.tags(name)) ?? [];
        const taken = tags.slice(0, Math.max(0, room));
        room -= taken.length;
        more += tags.length - taken.length;
        return { name, tags: taken };
      });
      const facts: RepositoryFacts[] = [];
      for (const { name, tags } of repositories) {
        facts.push(await this.#repository(reader, name, tags, hinted.get(name) ?? [], end));
      }
      return { ...nothing, state, repositories: facts, more };
    } catch (error) {
      const hangs = error instanceof TooSlow || (error instanceof RegistryDown && error.isLate);
      return { ...nothing, state: hangs ? 'hangs' : 'down' };
    }
  }

  async #repository(
    reader: RegistryReader,
    name: string,
    tags: readonly string[],
    hinted: readonly string[],
    end: number,
  ): Promise<RepositoryFacts> {
    const inTime = () => {
      if (performance.now() > end) throw new TooSlow();
    };
    const pointed = await fewAtATime(tags, AT_ONCE, async (tag) => {
      inTime();
      return { name: tag, digest: await reader.digestOf(name, tag) };
    });
    const known = this.#known.get(name) ?? new Map<string, ManifestFacts>();
    this.#known.set(name, known);
    const tagged = new Set(pointed.flatMap(({ digest }) => (digest === null ? [] : [digest])));
    const served = new Map<string, ManifestFacts>();
    const gone: ManifestFacts[] = [];
    /** What a served tag or list leads to is served; anything else is asked for. */
    const visit = async (digest: string, isSure: boolean): Promise<void> => {
      inTime();
      if (served.has(digest)) return;
      const before = known.get(digest);
      const isThere = isSure && before ? true : before ? (await reader.digestOf(name, digest)) !== null : null;
      const manifest = isThere === false ? null : (before ?? (await this.#fetch(reader, name, digest, known)));
      if (!manifest) {
        if (before) gone.push(before);
        return;
      }
      served.set(digest, manifest);
      await fewAtATime(manifest.platforms, AT_ONCE, ({ digest }) => visit(digest, false));
    };
    await fewAtATime([...tagged], AT_ONCE, (digest) => visit(digest, true));
    const others = new Set([...known.keys(), ...hinted].filter((digest) => !served.has(digest)));
    await fewAtATime([...others], AT_ONCE, (digest) => visit(digest, false));
    const deleted = await this.#left(reader, name, [...new Set(gone)], served, known);
    return { name, tags: pointed, manifests: [...served.values()], deleted };
  }

  async #fetch(
    reader: RegistryReader,
    repository: string,
    digest: string,
    known: Map<string, ManifestFacts>,
  ): Promise<ManifestFacts | null> {
    const document = await reader.manifest(repository, digest);
    if (!document) return null;
    const read = readManifest(document);
    const odd =
      read.odd ?? (read.digest === digest ? null : 'Its bytes do not have the digest that it is served under.');
    const config = read.config && (await reader.blob(repository, read.config.digest));
    const manifest = { ...read, digest, odd, diffIds: read.config && readDiffIds(config, read.layers.length) };
    if (this.#count < MAX_KNOWN && odd === null) {
      known.set(digest, manifest);
      this.#count += 1;
    }
    return manifest;
  }

  /** The deleted manifests of which something is left; the others are forgotten. */
  async #left(
    reader: RegistryReader,
    repository: string,
    gone: readonly ManifestFacts[],
    served: ReadonlyMap<string, ManifestFacts>,
    known: Map<string, ManifestFacts>,
  ): Promise<RepositoryFacts['deleted']> {
    const needed = new Set([...served.values()].flatMap((manifest) => blobsOf(manifest)));
    const deleted: RepositoryFacts['deleted'] = [];
    for (const manifest of gone) {
      const blobs = [...new Set(blobsOf(manifest))].filter((digest) => !needed.has(digest));
      const there = await fewAtATime(blobs, AT_ONCE, (digest) => reader.serves(repository, digest));
      const left = blobs.filter((_, at) => there[at]);
      if (left.length > 0) deleted.push({ manifest, served: left });
      else if (known.delete(manifest.digest)) this.#count -= 1;
    }
    return deleted;
  }
}

function blobsOf({ config, layers }: ManifestFacts): string[] {
  return [...(config ? [config.digest] : []), ...layers.map(({ digest }) => digest)];
}
