// HTTP to a registry, with an end to every wait.

import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { agentFor, type Dial } from '../dial.ts';

/** A first pull through the cache waits for Docker Hub. */
const ANSWER_TIMEOUT_MS = 60_000;

export interface Question {
  method: string;
  /** Path and query. */
  target: string;
  headers?: Record<string, string>;
  body?: Readable;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export class SocketClient {
  readonly #agent: Agent;

  constructor(dial: Dial, maxSockets: number) {
    const maxFreeSockets = Math.min(16, maxSockets);
    this.#agent = agentFor(dial, { keepAlive: true, maxSockets, maxFreeSockets, timeout: 30_000 });
  }

  /** The answer, whose body is still to be read. Rejects where nobody answers, the body breaks off or the signal says so. */
  ask({ method, target, headers, body, timeoutMs = ANSWER_TIMEOUT_MS, signal }: Question): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const options = { agent: this.#agent, method, path: target, timeout: timeoutMs };
    const sent = request(
      { ...options, ...(signal && { signal }), headers: { host: 'registry-1.docker.io', ...headers } },
      resolve,
    ).on('error', reject);
    // Without an answer or an error where the other side switches protocols.
    sent.once('close', () => reject(new Error('the registry does not answer')));
    // Also fires while an answer stands still in the middle.
    sent.on('timeout', () => sent.destroy(new Error('the registry does not answer')));
    if (body) pipeline(body, sent).catch(reject);
    else sent.end();
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}

export function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  const kept = names.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
