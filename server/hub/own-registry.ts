// The way from a learner's request to the registry in that learner's own sandbox, which keeps `learner/*`.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Dial } from '../dial.ts';
import { OWN_NAMESPACE } from './account.ts';
import { refuse } from './answers.ts';
import { isRepositoryName, type RepositoryPath } from './paths.ts';
import { pick, SocketClient } from './socket-client.ts';

/** The registry is started on demand. */
const START_TIMEOUT_MS = 10_000;
const MAX_SOCKETS = 32;
const MAX_CATALOG_BYTES = 256 * 1024;
const MAX_UPLOAD_BYTES = 512 * 2 ** 20;
const REQUEST_HEADERS = ['accept', 'range', 'if-none-match', 'content-type', 'content-length', 'content-range'];
const RESPONSE_HEADERS = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'docker-content-digest',
  'docker-distribution-api-version',
  'docker-upload-uuid',
  'etag',
  'link',
  'range',
];

class TooLarge extends Error {}

export class OwnRegistry {
  readonly #client: SocketClient;
  readonly #maxUploadBytes: number;

  constructor(dial: Dial, maxUploadBytes = MAX_UPLOAD_BYTES) {
    this.#maxUploadBytes = maxUploadBytes;
    this.#client = new SocketClient(dial, MAX_SOCKETS);
  }

  /** Answers any request about a repository of the learner's; every failure becomes an answer or a hang-up. */
  async forward(asked: IncomingMessage, response: ServerResponse, path: RepositoryPath): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const method = asked.method ?? 'GET';
    const writes = method === 'POST' || method === 'PATCH' || method === 'PUT';
    try {
      if (Number(asked.headers['content-length'] ?? 0) > this.#maxUploadBytes) throw new TooLarge();
      const answer = await this.#client.ask({
        method,
        target: withoutForeignMount(path),
        headers: pick(asked.headers, REQUEST_HEADERS),
        signal: gone.signal,
        ...(writes && { body: asked.pipe(atMost(this.#maxUploadBytes, asked)) }),
      });
      response.writeHead(answer.statusCode ?? 502, {
        ...pick(answer.headers, RESPONSE_HEADERS),
        ...locationOf(answer.headers.location, path.repository),
      });
      await pipeline(answer, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else refuse(response, error instanceof TooLarge ? 'tooLarge' : 'down', { name: path.repository });
    }
  }

  /** Whether something was pushed to that repository; false also where the registry does not answer. */
  async has(repository: string): Promise<boolean> {
    try {
      const target = `/v2/${repository}/tags/list?n=1`;
      const answer = await this.#client.ask({ method: 'GET', target, timeoutMs: START_TIMEOUT_MS });
      answer.destroy();
      return answer.statusCode === 200;
    } catch {
      return false;
    }
  }

  /** The learner's repositories; empty also where the registry does not answer, or not with a list. */
  async repositories(): Promise<string[]> {
    try {
      const target = '/v2/_catalog?n=100';
      const answer = await this.#client.ask({ method: 'GET', target, timeoutMs: START_TIMEOUT_MS });
      const body = await text(answer.pipe(atMost(MAX_CATALOG_BYTES, answer)));
      const { repositories }: { repositories?: unknown } = JSON.parse(body);
      const names = Array.isArray(repositories) ? repositories.filter((name) => typeof name === 'string') : [];
      return names.filter((name) => name.startsWith(OWN_NAMESPACE) && isRepositoryName(name));
    } catch {
      return [];
    }
  }

  close(): void {
    this.#client.close();
  }
}

/** A blob of the hub's store cannot be mounted into a learner's registry: the registry then asks for an upload. */
function withoutForeignMount({ kind, target, query }: RepositoryPath): string {
  if (kind !== 'upload' || !query.has('mount')) return target;
  const from = query.get('from') ?? '';
  return from.startsWith(OWN_NAMESPACE) && isRepositoryName(from) ? target : target.slice(0, target.indexOf('?'));
}

/** The registry names itself as it was asked; the learner knows it as Docker Hub. */
function locationOf(location: string | undefined, repository: string): { location?: string } {
  if (location === undefined || !URL.canParse(location, 'https://registry-1.docker.io')) return {};
  const { pathname, search } = new URL(location, 'https://registry-1.docker.io');
  return pathname.startsWith(`/v2/${repository}/`)
    ? { location: `https://registry-1.docker.io${pathname}${search}` }
    : {};
}

function atMost(bytes: number, source: IncomingMessage): Transform {
  let seen = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > bytes ? new TooLarge() : null, chunk);
    },
  });
  source.once('error', (error) => counted.destroy(error));
  source.once('close', () => {
    if (!source.complete) counted.destroy(new Error('the connection was lost'));
  });
  return counted;
}
