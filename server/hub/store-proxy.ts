// The way from a learner's request to the hub's store: reads only, streamed.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { refuse } from './answers.ts';
import type { RepositoryPath } from './paths.ts';
import { pick, SocketClient } from './socket-client.ts';

const MAX_SOCKETS = 256;
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

export class StoreProxy {
  readonly #client: SocketClient;

  constructor(socketPath: string) {
    this.#client = new SocketClient(socketPath, MAX_SOCKETS);
  }

  /** Answers a read; every failure becomes an answer or a hang-up, none is thrown. */
  async forward(asked: IncomingMessage, response: ServerResponse, path: RepositoryPath): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
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
      found.resume();
      const known = await this.has(path.repository, gone.signal);
      if (known === undefined) refuse(response, 'down');
      else if (!known) refuse(response, 'denied', { name: path.repository });
      else refuse(response, path.kind === 'blob' ? 'blobUnknown' : 'manifestUnknown', { name: path.repository });
    } catch {
      if (response.headersSent) response.destroy();
      else refuse(response, 'down');
    }
  }

  /** Whether it holds the repository; undefined where it cannot tell: it is ill, or does not reach its upstream. */
  async has(repository: string, signal?: AbortSignal): Promise<boolean | undefined> {
    try {
      const question = { method: 'GET', target: `/v2/${repository}/tags/list`, ...(signal && { signal }) };
      const answer = await this.#client.ask(question);
      const body = await text(answer);
      if (answer.statusCode === 200) return true;
      if (answer.statusCode === 404) return false;
      // A cache wraps its upstream's refusal in a 500 of its own, and Docker Hub refuses what does not exist.
      return /UNAUTHORIZED|DENIED|NAME_UNKNOWN/.test(body) ? false : undefined;
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#client.close();
  }
}
