// The way from a learner's request to the hub's store: reads only, of what may be read, streamed.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type ANSWERS, refuse } from './answers.ts';
import { CacheBudget, type CacheBudgetOptions } from './cache-budget.ts';
import type { RepositoryPath } from './paths.ts';
import { COURSE_IMAGES } from './search.ts';
import { pick, SocketClient } from './socket-client.ts';

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

export interface StoreOptions {
  socketPath: string;
  /** Online: which images may be pulled through, and how much the store may hold. */
  cache?: CacheBudgetOptions & { allow: readonly string[] };
}

export class StoreProxy {
  /** The names of the images that it has or may have, as learners write them. */
  readonly names: readonly string[];
  readonly #client: SocketClient;
  /** Online only: what may be read exists, whether Docker Hub can be asked now or not. */
  readonly #online: { repositories: ReadonlySet<string>; budget: CacheBudget } | null;

  constructor({ socketPath, cache }: StoreOptions) {
    this.#client = new SocketClient(socketPath, MAX_SOCKETS);
    this.names = cache?.allow ?? COURSE_IMAGES;
    this.#online = cache
      ? { repositories: new Set(cache.allow.map(repositoryOf)), budget: new CacheBudget(cache) }
      : null;
  }

  /** Answers a read; every failure becomes an answer or a hang-up, none is thrown. */
  async forward(asked: IncomingMessage, response: ServerResponse, path: RepositoryPath): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      if (!(await this.#admits(path, gone.signal))) return refuse(response, 'full', { name: path.repository });
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
        return;
      }
      this.#online?.budget.release(keyOf(path));
      refuse(response, await this.#reason(found, path, gone.signal), { name: path.repository });
    } catch {
      if (response.headersSent) response.destroy();
      else refuse(response, 'down');
    }
  }

  /** Whether the repository exists; undefined where the store cannot tell, because it is ill. */
  async has(repository: string, signal?: AbortSignal): Promise<boolean | undefined> {
    if (this.#online) return this.#online.repositories.has(repository);
    // Offline it also holds a marker of its own.
    if (!repository.startsWith('library/')) return false;
    try {
      const question = { method: 'GET', target: `/v2/${repository}/tags/list`, ...(signal && { signal }) };
      const answer = await this.#client.ask(question);
      answer.resume();
      return answer.statusCode === 200 ? true : answer.statusCode === 404 ? false : undefined;
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#client.close();
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

  /** Why the store has no such thing. */
  async #reason(
    found: IncomingMessage,
    { kind, repository, reference }: RepositoryPath,
    signal: AbortSignal,
  ): Promise<keyof typeof ANSWERS> {
    const body = await text(found);
    // A cache wraps what its upstream said in a 500 of its own, and Docker Hub refuses what does not exist.
    if (found.statusCode !== 404 && /TOOMANYREQUESTS/i.test(body)) return 'upstreamBusy';
    if (found.statusCode !== 404 && /UNAUTHORIZED|DENIED|NAME_UNKNOWN/i.test(body)) return 'denied';
    // Distribution fails at the digest of a blob that is no manifest, such as an image ID; to Docker Hub it is unknown.
    const failsAtBlob =
      !this.#online && found.statusCode === 500 && kind === 'manifest' && reference.startsWith('sha256:');
    const known = found.statusCode === 404 || failsAtBlob ? await this.has(repository, signal) : undefined;
    if (known === undefined) return 'down';
    if (!known) return 'denied';
    return kind === 'blob' ? 'blobUnknown' : 'manifestUnknown';
  }
}

function keyOf({ repository, reference }: RepositoryPath): string {
  return reference.startsWith('sha256:') ? reference : `${repository}:${reference}`;
}

/** Docker Hub's own images have no namespace in what people write. */
function repositoryOf(name: string): string {
  return name.includes('/') ? name : `library/${name}`;
}
