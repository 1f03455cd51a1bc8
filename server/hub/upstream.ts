// Asks the registry behind the cache how much it still gives: by a HEAD, which Docker Hub does not count.
// https://docs.docker.com/docker-hub/usage/pulls/

import { z } from 'zod';
import type { HubFigures } from './figures.ts';

const TIMEOUT_MS = 10_000;
/** After something was fetched the limit is asked for, not more often than this. */
const LOOK_MS = 60_000;
/** Where it refuses, it is not asked again so soon. */
const LIMITED_MS = 5_000;
const ACCEPT = [
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
].join(', ');
const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

export interface UpstreamCredentials {
  user: string;
  password: string;
}

export interface UpstreamOptions {
  url: string;
  credentials: UpstreamCredentials | null;
  figures: HubFigures;
}

export class Upstream {
  readonly #options: UpstreamOptions;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #limitedMs = Number.NEGATIVE_INFINITY;
  #last: { repository: string; reference: string } | null = null;

  constructor(options: UpstreamOptions) {
    this.#options = options;
  }

  /** Reads the limit again, at most once a minute; without a name, off what was fetched last. Never throws. */
  async look(about: { repository: string; reference: string } | null = this.#last): Promise<void> {
    this.#last = about;
    if (about === null || Date.now() - this.#lookedMs < LOOK_MS) return;
    await this.ask(about.repository, about.reference);
  }

  /** Whether it gives that manifest; `unknown` where it cannot be asked. Never throws. */
  async ask(repository: string, reference: string): Promise<'there' | 'absent' | 'limited' | 'unknown'> {
    if (Date.now() - this.#limitedMs < LIMITED_MS) return 'limited';
    this.#lookedMs = Date.now();
    try {
      const url = new URL(`/v2/${repository}/manifests/${reference}`, this.#options.url);
      let answer = await this.#head(url);
      const challenge = answer.headers.get('www-authenticate');
      if (answer.status === 401 && challenge) answer = await this.#head(url, await this.#authorization(challenge));
      const spent = this.#read(answer.headers);
      if (answer.status === 429 || (answer.status !== 404 && spent)) {
        this.#limitedMs = Date.now();
        return 'limited';
      }
      if (answer.ok) return 'there';
      return answer.status === 404 ? 'absent' : 'unknown';
    } catch {
      return 'unknown';
    }
  }

  async #head(url: URL, authorization?: string): Promise<Response> {
    const headers = { accept: ACCEPT, ...(authorization && { authorization }) };
    return fetch(url, { method: 'HEAD', headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  }

  /** The header that the challenge wants; a password goes over TLS only, unless upstream itself has none. */
  async #authorization(challenge: string): Promise<string> {
    const { credentials, url } = this.#options;
    const basic =
      credentials && `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
    const parameter = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
    const realm = new URL(parameter('realm') ?? '');
    for (const name of ['service', 'scope']) {
      const value = parameter(name);
      if (value !== undefined) realm.searchParams.set(name, value);
    }
    const safe = realm.protocol === 'https:' || url.startsWith('http:');
    const headers: Record<string, string> = basic && safe ? { authorization: basic } : {};
    const answer = await fetch(realm, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { token, access_token } = tokenAnswer.parse(await answer.json());
    return `Bearer ${token ?? access_token ?? ''}`;
  }

  /** `ratelimit-limit: 100;w=21600`, and `ratelimit-remaining` likewise. Answers whether nothing remains. */
  #read(headers: Headers): boolean {
    const [limit, remaining] = ['ratelimit-limit', 'ratelimit-remaining'].map((name) =>
      /^(\d{1,9})(?:;w=(\d{1,9}))?/.exec(headers.get(name) ?? ''),
    );
    if (!limit || !remaining) return false;
    const windowS = limit[2] === undefined ? null : Number(limit[2]);
    this.#options.figures.told({
      limit: Number(limit[1]),
      remaining: Number(remaining[1]),
      windowS,
      atMs: Date.now(),
    });
    return Number(remaining[1]) === 0;
  }
}
