// Client of the distribution API over the relayed socket of one sandbox's registry.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md

import { createHash } from 'node:crypto';
import http from 'node:http';
import { z } from 'zod';
import { SlipwayError, systemCode } from '../errors.ts';
import { type Credentials, type Manifest, RegistryDown, type RegistryStatus, type RegistryView } from './types.ts';

const TIMEOUT_MS = 3_000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

// Accept decides which bytes, and so which digest, are served.
const MANIFEST_TYPES = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

const descriptor = z.object({ digest: z.string() });
const manifestBody = z.object({
  mediaType: z.string().optional(),
  config: descriptor.optional(),
  layers: z.array(descriptor).optional(),
});
const catalogBody = z.object({ repositories: z.array(z.string()).nullable() });
const tagsBody = z.object({ tags: z.array(z.string()).nullish() });

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export class RegistryClient implements RegistryView {
  readonly host: string;
  readonly #socketPath: string;
  readonly #authorization: Record<string, string>;

  constructor(host: string, socketPath: string, credentials?: Credentials) {
    this.host = host;
    this.#socketPath = socketPath;
    this.#authorization = credentials
      ? { authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}` }
      : {};
  }

  async status(): Promise<RegistryStatus> {
    try {
      const answer = await this.#get('/v2/');
      if (answer.status === 401) return 'login-required';
      return answer.status === 200 ? 'up' : 'not-a-registry';
    } catch (error) {
      if (error instanceof RegistryDown) return 'down';
      throw error;
    }
  }

  async repositories(): Promise<string[]> {
    const answer = await this.#get('/v2/_catalog?n=1000');
    return parse(catalogBody, answer)?.repositories ?? [];
  }

  async tags(repository: string): Promise<string[] | null> {
    const answer = await this.#get(`/v2/${repository}/tags/list?n=1000`);
    const tags = parse(tagsBody, answer);
    return tags ? (tags.tags ?? []) : null;
  }

  async manifest(repository: string, reference: string): Promise<Manifest | null> {
    const answer = await this.#get(`/v2/${repository}/manifests/${reference}`, { accept: MANIFEST_TYPES });
    const manifest = parse(manifestBody, answer);
    if (!manifest) return null;
    return {
      digest: `sha256:${createHash('sha256').update(answer.body).digest('hex')}`,
      mediaType: manifest.mediaType ?? answer.headers['content-type'] ?? '',
      configDigest: manifest.config?.digest ?? null,
      layerDigests: (manifest.layers ?? []).map((layer) => layer.digest),
    };
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const answer = await this.#ask('HEAD', `/v2/${repository}/blobs/${digest}`);
    return answer.status === 200;
  }

  #get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask('GET', path, headers);
  }

  #ask(method: 'GET' | 'HEAD', path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = http.request({
        method,
        socketPath: this.#socketPath,
        path,
        headers: { host: this.host, ...this.#authorization, ...headers },
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      request.end();
      let connected = false;
      const failed = (cause: unknown) => reject(connected ? new RegistryDown(this.host, cause) : linkDown(cause));
      request.on('socket', (socket) => socket.on('connect', () => (connected = true)));
      request.on('error', failed);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('error', failed);
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > MAX_BODY_BYTES) request.destroy(new Error('the answer is too large'));
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
    });
  }
}

/** The body where the answer is a 200 of this shape; null otherwise: whatever a learner's registry says is only data. */
function parse<T>(schema: z.ZodType<T>, answer: Answer): T | null {
  if (answer.status !== 200) return null;
  try {
    return schema.safeParse(JSON.parse(answer.body.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function linkDown(cause: unknown): SlipwayError {
  return new SlipwayError('link-down', `the sandbox's registry link does not answer (${systemCode(cause) ?? cause})`, {
    next: 'Start again with a fresh sandbox.',
    cause,
  });
}
