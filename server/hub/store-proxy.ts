// The way from a learner's request to the hub's store: reads only, streamed, with an end to every wait.

import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { refuse } from './answers.ts';
import type { HubPath } from './paths.ts';

/** A first pull through the cache waits for Docker Hub. */
const ANSWER_TIMEOUT_MS = 60_000;
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
] as const;

export class StoreProxy {
  readonly #agent: Agent;
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 16 });
  }

  /** Answers a read of a manifest or blob; every failure becomes an answer or a hang-up, none is thrown. */
  async forward(
    asked: IncomingMessage,
    response: ServerResponse,
    path: HubPath & { repository: string },
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const found = await this.#ask(
        asked.method ?? 'GET',
        asked.url ?? '',
        pick(asked.headers, REQUEST_HEADERS),
        gone.signal,
      );
      const status = found.statusCode ?? 502;
      if (status === 200 || status === 206 || status === 304 || status === 416) {
        response.writeHead(status, pick(found.headers, RESPONSE_HEADERS));
        await pipeline(found, response);
        return;
      }
      found.resume();
      const known = await this.#isKnown(path.repository, gone.signal);
      if (known === undefined) refuse(response, 'down');
      else
        refuse(response, !known ? 'denied' : path.kind === 'manifest' ? 'manifestUnknown' : 'blobUnknown', {
          name: path.repository,
        });
    } catch {
      if (response.headersSent) response.destroy();
      else refuse(response, 'down');
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Undefined where the store cannot tell: it is ill, or does not reach its upstream. */
  async #isKnown(repository: string, signal: AbortSignal): Promise<boolean | undefined> {
    const answer = await this.#ask('GET', `/v2/${repository}/tags/list`, {}, signal);
    const body = await text(answer);
    if (answer.statusCode === 200) return true;
    if (answer.statusCode === 404) return false;
    // A cache wraps its upstream's refusal in a 500 of its own, and Docker Hub refuses what does not exist.
    return /UNAUTHORIZED|DENIED|NAME_UNKNOWN/.test(body) ? false : undefined;
  }

  #ask(method: string, path: string, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const options = {
      agent: this.#agent,
      socketPath: this.#socketPath,
      method,
      path,
      signal,
      timeout: ANSWER_TIMEOUT_MS,
    };
    const sent = request({ ...options, headers: { host: 'registry-1.docker.io', ...headers } }, resolve).on(
      'error',
      reject,
    );
    // Also fires while an answer stands still in the middle.
    sent.on('timeout', () => sent.destroy(new Error('the hub does not answer')));
    sent.end();
    return promise;
  }
}

function pick(headers: IncomingMessage['headers'], names: readonly string[]): Record<string, string> {
  const kept = names.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
