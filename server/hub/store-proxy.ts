// The way from a learner's request to the images that everybody may read: what was added, then the hub's store. Streamed.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Dial } from '../dial.ts';
import type { AddedImages } from './added-images.ts';
import { type ANSWERS, refuse, sendJson } from './answers.ts';
import { CacheBudget, type CacheBudgetOptions } from './cache-budget.ts';
import { HubFigures, type Outcome } from './figures.ts';
import type { RepositoryPath } from './paths.ts';
import { COURSE_IMAGES } from './search.ts';
import { pick, SocketClient } from './socket-client.ts';
import type { Upstream } from './upstream.ts';

const MAX_SOCKETS = 256;
/** More than any manifest of many platforms; Distribution takes none above 4 MiB. */
const MANIFEST_BYTES = 64 * 1024;
const REQUEST_HEADERS = ['accept', 'range', 'if-none-match'] as const;
const RESPONSE_HEADERS = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'cache-control',
  'docker-content-digest',
  'docker-distribution-api-version',
  'etag',
  'link',
] as const;
const OUTCOMES: Partial<Record<keyof typeof ANSWERS, Outcome>> = {
  upstreamBusy: 'limited',
  full: 'full',
  down: 'down',
};
const tagsAnswer = z.object({ tags: z.array(z.string()).nullish() });

export interface StoreOptions {
  dial: Dial;
  figures?: HubFigures;
  /** Images of whoever runs this server; looked at first. */
  added?: AddedImages;
  /** Online: which images may be pulled through, how much the store may hold, and whom to ask what upstream still gives. */
  cache?: CacheBudgetOptions & { allow: readonly string[]; upstream?: Upstream };
}

interface Online {
  repositories: ReadonlySet<string>;
  budget: CacheBudget;
  upstream: Upstream | null;
}

export class StoreProxy {
  readonly figures: HubFigures;
  readonly #client: SocketClient;
  readonly #names: readonly string[];
  readonly #added: AddedImages | null;
  /** Online only: what may be read exists, whether Docker Hub can be asked now or not. */
  readonly #online: Online | null;

  constructor({ dial, cache, figures = new HubFigures(), added }: StoreOptions) {
    this.figures = figures;
    this.#client = new SocketClient(dial, MAX_SOCKETS);
    this.#names = cache?.allow ?? COURSE_IMAGES;
    this.#added = added ?? null;
    this.#online = cache
      ? {
          repositories: new Set(cache.allow.map(repositoryOf)),
          budget: new CacheBudget(cache),
          upstream: cache.upstream ?? null,
        }
      : null;
  }

  /** The names of the images that it has or may have, as learners write them, and of those the ones that were added. */
  async names(): Promise<{ known: readonly string[]; added: readonly string[] }> {
    const added = (await this.#added?.names()) ?? [];
    return { known: this.#names.filter((name) => !added.includes(name)), added };
  }

  /** Answers a read; every failure becomes an answer or a hang-up, none is thrown. */
  async forward(asked: IncomingMessage, response: ServerResponse, path: RepositoryPath): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const image = await this.#imageOf(path.repository);
    try {
      const added = (await this.#added?.tags(path.repository)) ?? [];
      if (added.length > 0 && path.kind === 'tags') return await this.#tags(response, path, added, gone.signal);
      const bytes = added.length > 0 ? ((await this.#added?.answer(asked, response, path)) ?? null) : null;
      if (bytes !== null) return this.figures.count(image, 'hit', bytes);
      if (this.#online && !this.#online.repositories.has(path.repository))
        return this.#refuse(response, path, unknown(path), image);
      const there = !this.#online || path.kind === 'tags' || (await this.#online.budget.has(keyOf(path)));
      if (!(await this.#admits(path, gone.signal))) return this.#refuse(response, path, 'full', image);
      const found = await this.#client.ask({
        method: asked.method ?? 'GET',
        target: path.target,
        headers: pick(asked.headers, REQUEST_HEADERS),
        signal: gone.signal,
      });
      const status = found.statusCode ?? 502;
      if (status === 200 || status === 206 || status === 304 || status === 416) {
        response.writeHead(status, pick(found.headers, RESPONSE_HEADERS));
        await pipeline(found, response);
        const bytes = asked.method === 'HEAD' ? 0 : Number(found.headers['content-length'] ?? 0);
        this.figures.count(image, there ? 'hit' : 'miss', bytes);
        if (!there && path.kind === 'manifest') this.#gave(path);
        return;
      }
      this.#online?.budget.release(keyOf(path));
      this.#refuse(response, path, await this.#reason(found, path, gone.signal), image);
    } catch {
      if (response.headersSent) response.destroy();
      else this.#refuse(response, path, 'down', image);
    }
  }

  /** Whether the repository exists; undefined where the store cannot tell, because it is ill. */
  async has(repository: string, signal?: AbortSignal): Promise<boolean | undefined> {
    return (await this.#added?.has(repository)) || this.#storeHas(repository, signal);
  }

  /** Bytes that the cache takes; null offline, where nothing of it grows. */
  async storedBytes(): Promise<number | null> {
    return this.#online ? this.#online.budget.bytes() : null;
  }

  close(): void {
    this.#client.close();
  }

  async #storeHas(repository: string, signal?: AbortSignal): Promise<boolean | undefined> {
    if (this.#online) return this.#online.repositories.has(repository);
    // Offline it also holds a marker of its own.
    if (!repository.startsWith('library/')) return false;
    try {
      const answer = await this.#askTags(repository, signal);
      answer.resume();
      return answer.statusCode === 200 ? true : answer.statusCode === 404 ? false : undefined;
    } catch {
      return undefined;
    }
  }

  #askTags(repository: string, signal?: AbortSignal): Promise<IncomingMessage> {
    return this.#client.ask({ method: 'GET', target: `/v2/${repository}/tags/list`, ...(signal && { signal }) });
  }

  /** The tags of both, of the store's those that it tells. */
  async #tags(
    response: ServerResponse,
    { repository }: RepositoryPath,
    added: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const tags: string[] = [];
    if (await this.#storeHas(repository, signal)) {
      const answer = await this.#askTags(repository, signal);
      if (answer.statusCode === 200) tags.push(...(tagsAnswer.parse(await json(answer)).tags ?? []));
      else answer.resume();
    }
    sendJson(response, 200, { name: repository, tags: [...new Set([...added, ...tags])] });
  }

  async #admits(path: RepositoryPath, signal: AbortSignal): Promise<boolean> {
    const { kind, repository, reference } = path;
    if (!this.#online || kind === 'tags') return true;
    return this.#online.budget.admit(keyOf(path), async () => {
      if (kind === 'manifest') return MANIFEST_BYTES;
      const target = `/v2/${repository}/blobs/${reference}`;
      const answer = await this.#client.ask({ method: 'HEAD', target, signal });
      answer.resume();
      return answer.statusCode === 200 ? Number(answer.headers['content-length']) : null;
    });
  }

  /** Upstream gave a manifest, which it counts. */
  #gave({ repository, reference }: RepositoryPath): void {
    this.figures.gives();
    void this.#online?.upstream?.look({ repository, reference });
  }

  #refuse(response: ServerResponse, path: RepositoryPath, answer: keyof typeof ANSWERS, image: string | null): void {
    this.figures.count(image, OUTCOMES[answer] ?? 'unknown');
    refuse(response, answer, { name: path.repository });
  }

  /** As learners write it, where it is an image of this hub; whatever else they ask for is no name to remember. */
  async #imageOf(repository: string): Promise<string | null> {
    const name = repository.replace(/^library\//, '');
    return this.#names.includes(name) || (await this.#added?.has(repository)) ? name : null;
  }

  /** Why the store has no such thing. */
  async #reason(found: IncomingMessage, path: RepositoryPath, signal: AbortSignal): Promise<keyof typeof ANSWERS> {
    const { kind, repository, reference } = path;
    const body = await text(found);
    // A cache wraps what its upstream said in a 500 of its own, and Docker Hub refuses what does not exist.
    if (found.statusCode !== 404 && /TOOMANYREQUESTS/i.test(body)) return 'upstreamBusy';
    if (found.statusCode !== 404 && /UNAUTHORIZED|DENIED|NAME_UNKNOWN/i.test(body)) return 'denied';
    // To a cache a tag that upstream refuses to tell is one that does not exist.
    if (kind === 'manifest' && (await this.#online?.upstream?.ask(repository, reference)) === 'limited')
      return 'upstreamBusy';
    // Distribution fails at the digest of a blob that is no manifest, such as an image ID; to Docker Hub it is unknown.
    const failsAtBlob =
      !this.#online && found.statusCode === 500 && kind === 'manifest' && reference.startsWith('sha256:');
    const known = found.statusCode === 404 || failsAtBlob ? await this.has(repository, signal) : undefined;
    if (known === undefined) return 'down';
    return known ? unknown(path) : 'denied';
  }
}

function unknown({ kind }: RepositoryPath): keyof typeof ANSWERS {
  return kind === 'blob' ? 'blobUnknown' : 'manifestUnknown';
}

function keyOf({ repository, reference }: RepositoryPath): string {
  return reference.startsWith('sha256:') ? reference : `${repository}:${reference}`;
}

/** Docker Hub's own images have no namespace in what people write. */
function repositoryOf(name: string): string {
  return name.includes('/') ? name : `library/${name}`;
}
