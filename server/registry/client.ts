// Client of the distribution API over the relayed socket of one sandbox's registry.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Dial } from '../dial.ts';
import { jsonOf } from '../json.ts';
import { type Answer, ask } from './ask.ts';
import { ACCEPT_MANIFESTS, authorization } from './headers.ts';
import { type Credentials, type Manifest, RegistryDown, type RegistryStatus, type RegistryView } from './types.ts';

/** For a whole answer, all its pages included. */
const TIMEOUT_MS = 3_000;
const PAGE_NAMES = 1_000;
/** A registry of the learner's own making may have a next page for ever. */
const MAX_PAGES = 100;
const MAX_NAMES = 20_000;
const MAX_NAME_LENGTH = 512;

const descriptor = z.object({ digest: z.string() });
// A manifest of an unknown type still has a digest.
const manifestBody = z.object({
  mediaType: z.string().optional().catch(undefined),
  config: descriptor.optional().catch(undefined),
  layers: z.array(descriptor).optional().catch(undefined),
});
const catalogBody = z.object({ repositories: z.array(z.string()).nullable() }).transform((body) => body.repositories);
/** `1.9` before `1.10`. */
const BY_NUMBER = new Intl.Collator('en', { numeric: true });
const tagsBody = z.object({ tags: z.array(z.string()).nullish() }).transform((body) => body.tags ?? null);

/** Every question throws RegistryDown where the registry does not answer in 3 s. */
export class RegistryClient implements RegistryView {
  readonly host: string;
  readonly #dial: Dial;
  readonly #authorization: Record<string, string>;

  constructor(host: string, dial: Dial, credentials?: Credentials) {
    this.host = host;
    this.#dial = dial;
    this.#authorization = authorization(credentials);
  }

  async status(): Promise<RegistryStatus> {
    try {
      return statusOf(await this.#ask('GET', '/v2/'));
    } catch (error) {
      if (error instanceof RegistryDown) return 'down';
      throw error;
    }
  }

  async repositories(): Promise<string[]> {
    return (await this.#names('/v2/_catalog', catalogBody)) ?? [];
  }

  async tags(repository: string): Promise<string[] | null> {
    const tags = await this.#names(`/v2/${encodeName(repository)}/tags/list`, tagsBody);
    // Distribution lists them as its file system does, which differs from disk to disk.
    return tags?.sort(BY_NUMBER.compare) ?? null;
  }

  async manifest(repository: string, reference: string): Promise<Manifest | null> {
    const path = `/v2/${encodeName(repository)}/manifests/${encodeName(reference)}`;
    const answer = await this.#ask('GET', path, { accept: ACCEPT_MANIFESTS });
    const manifest = parse(manifestBody, answer);
    if (!manifest || !answer.body) return null;
    return {
      digest: `sha256:${createHash('sha256').update(answer.body).digest('hex')}`,
      mediaType: manifest.mediaType ?? answer.http?.headers['content-type'] ?? '',
      configDigest: manifest.config?.digest ?? null,
      layerDigests: (manifest.layers ?? []).map((layer) => layer.digest),
    };
  }

  async oldDigest(repository: string, tag: string): Promise<string | null> {
    const { http } = await this.#ask('HEAD', `/v2/${encodeName(repository)}/manifests/${encodeName(tag)}`);
    const digest = http?.headers['docker-content-digest'];
    return http?.status === 200 && typeof digest === 'string' ? digest : null;
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const answer = await this.#ask('HEAD', `/v2/${encodeName(repository)}/blobs/${encodeName(digest)}`);
    return answer.http?.status === 200;
  }

  /** The names of a list, page after page by its Link headers; null where there is no such list. */
  async #names(path: string, schema: z.ZodType<string[] | null>): Promise<string[] | null> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const found = new Set<string>();
    let next: string | null = `${path}?n=${PAGE_NAMES}`;
    for (let page = 0; next !== null && page < MAX_PAGES && found.size < MAX_NAMES; page++) {
      const answer: Answer = await this.#ask('GET', next, {}, signal);
      const names = parse(schema, answer);
      if (names === undefined) return page === 0 ? null : [...found];
      for (const name of names ?? []) if (name.length <= MAX_NAME_LENGTH) found.add(name);
      next = nextPage(path, answer);
    }
    return [...found].slice(0, MAX_NAMES);
  }

  #ask(
    method: 'GET' | 'HEAD',
    path: string,
    headers: Record<string, string> = {},
    signal: AbortSignal = AbortSignal.timeout(TIMEOUT_MS),
  ): Promise<Answer> {
    const { host } = this;
    return ask({
      method,
      host,
      dial: this.#dial,
      path,
      headers: { ...this.#authorization, ...headers },
      signal,
    });
  }
}

/** What an answer to /v2/ says of who answers. */
export function statusOf({ http, body }: Answer): RegistryStatus {
  if (http?.status === 401) return 'login-required';
  if (http?.status !== 200) return 'not-a-registry';
  // A web server may answer every path with 200 and a page.
  const named = String(http.headers['docker-distribution-api-version'] ?? '').startsWith('registry/2');
  return named || (body && jsonOf(body) !== undefined) ? 'up' : 'not-a-registry';
}

/** The body where the answer is a 200 of this shape; undefined otherwise: whatever a learner's registry says is only data. */
function parse<T>(schema: z.ZodType<T>, { http, body }: Answer): T | undefined {
  return http?.status === 200 && body ? schema.safeParse(jsonOf(body)).data : undefined;
}

/** The next page of the same list (RFC 8288), never another path. */
function nextPage(path: string, { http }: Answer): string | null {
  const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(String(http?.headers.link ?? ''))?.[1];
  if (link === undefined || !URL.canParse(link, 'http://registry')) return null;
  const { pathname, search } = new URL(link, 'http://registry');
  return pathname === path ? `${path}${search}` : null;
}

/** For a path: names come from lessons and from what learners typed. */
export function encodeName(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
}
