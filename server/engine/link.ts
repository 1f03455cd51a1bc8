// Requests to a sandbox's engine through its relay, bounded in bytes and time: the learner can put anything in
// its place. It is no dockerode, which reads answers of any size and follows a redirect to wherever it leads.

import http from 'node:http';
import { agentFor, type Dial } from '../dial.ts';
import { SlipwayError, systemCode } from '../errors.ts';
import { engineAway, engineHangs, engineOdd } from './problems.ts';

/** Each connection is a process in the sandbox. */
const MAX_CONNECTIONS = 8;
const IDLE_MS = 5_000;

export interface EngineRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Its parts are encoded: see `encoded`. */
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  headers?: Readonly<Record<string, string>>;
  /** An archive, or what becomes JSON. */
  body?: Buffer | object;
}

export interface Bounds {
  withinMs: number;
  maxBytes: number;
}

export interface EngineAnswer {
  status: number;
  body: Buffer;
}

export class EngineLink {
  readonly #dial: Dial;
  readonly #agent: http.Agent;

  constructor(dial: Dial) {
    this.#dial = dial;
    this.#agent = agentFor(dial, { keepAlive: true, timeout: IDLE_MS, maxSockets: MAX_CONNECTIONS });
  }

  /** The whole answer. Throws `engine-away`, `engine-hangs` and, for what is too large or no HTTP, `engine-odd`. */
  async ask(request: EngineRequest, { withinMs, maxBytes }: Bounds): Promise<EngineAnswer> {
    const signal = AbortSignal.timeout(withinMs);
    try {
      const response = await this.#open(request, signal, { agent: this.#agent });
      return { status: response.statusCode ?? 0, body: await bodyOf(response, maxBytes) };
    } catch (error) {
      throw signal.aborted ? engineHangs(withinMs) : problemOf(error);
    }
  }

  /** An answer that goes on, over a connection of its own, until `signal`. Throws as `ask`, or the abort. */
  async open(request: EngineRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
    return this.#open(request, signal, { createConnection: () => this.#dial() }).catch((error) => {
      throw signal.aborted ? error : problemOf(error);
    });
  }

  #open(
    { method, path, query = {}, headers, body }: EngineRequest,
    signal: AbortSignal,
    way: Pick<http.RequestOptions, 'agent' | 'createConnection'>,
  ): Promise<http.IncomingMessage> {
    const asked = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) if (value !== undefined) asked.set(key, value);
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const request = http.request({
        method,
        path: `${path}?${asked}`,
        headers: {
          host: 'docker',
          'content-type': Buffer.isBuffer(body) ? 'application/x-tar' : 'application/json',
          'content-length': bytes?.length ?? 0,
          ...headers,
        },
        ...way,
        signal,
      });
      request.on('response', resolve);
      request.on('error', reject);
      // Also what ends without an error, as a switch to another protocol does.
      request.on('close', () => reject(new Error('the connection ended')));
      request.end(bytes);
    });
  }
}

/** A name for a path: its slashes stay. */
export function encoded(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

export async function bodyOf(response: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > maxBytes) throw engineOdd(`more than ${maxBytes / 1024} KiB`);
  }
  return Buffer.concat(chunks);
}

export function problemOf(error: unknown): SlipwayError {
  if (error instanceof SlipwayError) return error;
  return systemCode(error)?.startsWith('HPE_') ? engineOdd('something that is not HTTP', error) : engineAway(error);
}
