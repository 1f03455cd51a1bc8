// Reads what a registry holds for whoever draws it: documents with their bytes and types, over connections that are kept.

import { createHash } from 'node:crypto';
import type http from 'node:http';
import { agentFor, type Dial } from '../dial.ts';
import { type Answer, ask } from './ask.ts';
import { encodeName, RegistryClient, statusOf } from './client.ts';
import { ACCEPT_MANIFESTS, authorization } from './headers.ts';
import { type Credentials, RegistryDown, type RegistryStatus } from './types.ts';

const TIMEOUT_MS = 3_000;
/** Of the 64 places that a sandbox's relay has for its registry. */
const CONNECTIONS = 4;
const IDLE_MS = 5_000;

/** A manifest's or config's own bytes. */
export interface RegistryDocument {
  bytes: Buffer;
  /** As the registry says; empty where it does not. */
  mediaType: string;
  /** Of the bytes. */
  digest: string;
}

/** Whether a registry answers; `hangs` where it takes the question and gives no answer in time. */
export type ReaderStatus = RegistryStatus | 'hangs';

/** Every question but `status` throws RegistryDown where the registry does not answer in 3 s. */
export class RegistryReader {
  readonly host: string;
  readonly #client: RegistryClient;
  readonly #dial: Dial;
  readonly #credentials: Credentials | undefined;
  readonly #agent: http.Agent;

  constructor(host: string, dial: Dial, credentials?: Credentials) {
    this.host = host;
    this.#dial = dial;
    this.#agent = agentFor(dial, { keepAlive: true, maxSockets: CONNECTIONS, timeout: IDLE_MS });
    this.#credentials = credentials;
    this.#client = new RegistryClient(host, dial, credentials);
  }

  async status(): Promise<ReaderStatus> {
    try {
      return statusOf(await this.#ask('GET', '/v2/', {}));
    } catch (error) {
      if (error instanceof RegistryDown) return error.isLate ? 'hangs' : 'down';
      throw error;
    }
  }

  repositories(): Promise<string[]> {
    return this.#client.repositories();
  }

  tags(repository: string): Promise<string[] | null> {
    return this.#client.tags(repository);
  }

  /** Of the manifest that a tag or digest leads to, as the registry says; null where there is none. */
  async digestOf(repository: string, reference: string): Promise<string | null> {
    const { http } = await this.#ask('HEAD', manifestPath(repository, reference), { accept: ACCEPT_MANIFESTS });
    const digest = http?.headers['docker-content-digest'];
    return http?.status === 200 && typeof digest === 'string' ? digest : null;
  }

  /** Null where there is none, or it is more than 4 MiB. */
  manifest(repository: string, reference: string): Promise<RegistryDocument | null> {
    return this.#document(manifestPath(repository, reference), { accept: ACCEPT_MANIFESTS });
  }

  /** As `manifest`. */
  blob(repository: string, digest: string): Promise<RegistryDocument | null> {
    return this.#document(blobPath(repository, digest));
  }

  /** Whether the blob's bytes are served: a registry may remember a blob that is gone, so one byte is asked for. */
  async serves(repository: string, digest: string): Promise<boolean> {
    const { http } = await this.#ask('GET', blobPath(repository, digest), { range: 'bytes=0-0' });
    return http?.status === 206 || http?.status === 200;
  }

  /** Any path below /v2/, as text; null where there is nothing. */
  async raw(path: string): Promise<string | null> {
    const { body } = await this.#ask('GET', path, { accept: `${ACCEPT_MANIFESTS}, application/json` });
    return body?.toString('utf8') ?? null;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #document(path: string, headers: Record<string, string> = {}): Promise<RegistryDocument | null> {
    const { http, body } = await this.#ask('GET', path, headers);
    if (http?.status !== 200 || !body) return null;
    return {
      bytes: body,
      mediaType: http.headers['content-type'] ?? '',
      digest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
    };
  }

  async #ask(method: 'GET' | 'HEAD', path: string, headers: Record<string, string>): Promise<Answer> {
    const once = () =>
      ask({
        method,
        host: this.host,
        dial: this.#dial,
        path,
        headers: { ...authorization(this.#credentials), ...headers },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: this.#agent,
      });
    return once().catch((error) => {
      // A kept connection may have ended meanwhile.
      if (error instanceof RegistryDown && !error.isLate) return once();
      throw error;
    });
  }
}

export function manifestPath(repository: string, reference: string): string {
  return `/v2/${encodeName(repository)}/manifests/${encodeName(reference)}`;
}

export function blobPath(repository: string, digest: string): string {
  return `/v2/${encodeName(repository)}/blobs/${encodeName(digest)}`;
}
