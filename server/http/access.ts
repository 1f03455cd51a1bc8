// Who may speak to this server: on loopback a known Host, elsewhere whoever came by the access link; of a room everybody, who then
// has to say who they are (visitors.ts).

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { SlipwayError } from '../errors.ts';
import { newToken } from '../tokens.ts';
import { readCookie } from './cookies.ts';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]', '::1'];

export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

export class Access {
  /** Null where none is needed. */
  readonly token: string | null;
  readonly #metricsToken: string | null;
  readonly #way: 'loopback' | 'link' | 'people';

  private constructor(way: 'loopback' | 'link' | 'people', token: string | null, metricsToken: string | null) {
    this.#way = way;
    this.token = token;
    this.#metricsToken = metricsToken;
  }

  static onLoopback(): Access {
    return new Access('loopback', null, null);
  }
  /** `metricsToken` is for whoever watches this server; who has the access link, as learners do, does not have it. */
  static byLink(token: string, metricsToken: string): Access {
    return new Access('link', token, metricsToken);
  }
  static ofPeople(metricsToken: string): Access {
    return new Access('people', null, metricsToken);
  }

  /** The cookie that the token is exchanged for; who sees it does not learn the token. */
  get cookie(): string {
    return createHmac('sha256', this.token ?? '')
      .update('slipway access cookie')
      .digest('base64url');
  }

  /** Throws SlipwayError, status 401 or 403, for a request that may not be answered. */
  check(request: IncomingMessage): void {
    if (this.#way === 'people') return;
    if (this.token === null) {
      const host = (request.headers.host ?? '').replace(/:\d+$/, '');
      if (isLoopback(host)) return;
      // A page elsewhere whose name was made to lead here (DNS rebinding).
      throw new SlipwayError('foreign-host', "This server answers on this computer's own address only.", {
        next: 'Open http://localhost instead, or start with --host.',
        status: 403,
      });
    }
    if (hasBearer(request, this.token)) return;
    if (same(readCookie(request, 'slipway_access') ?? '', this.cookie)) return;
    throw new SlipwayError('no-access', 'This server needs its access link.', {
      next: 'Open the link that the server printed at its start.',
      status: 401,
    });
  }

  /** `/metrics`: on loopback as everything, elsewhere for the metrics' own token. Throws SlipwayError, status 401 or 403. */
  checkMetrics(request: IncomingMessage): void {
    if (this.#way === 'loopback') return this.check(request);
    if (hasBearer(request, this.#metricsToken)) return;
    throw new SlipwayError('no-access', 'Metrics need their own token.', {
      next: 'Send the header Authorization: Bearer, with what stands in the file metrics-token of the data folder.',
      status: 401,
    });
  }

  matches(token: string): boolean {
    return this.token !== null && same(token, this.token);
  }
}

/** 128 random bits, kept in a file of mode 0600 so that the link outlives a restart. */
export function accessToken(file: string): string {
  try {
    const kept = readFileSync(file, 'utf8').trim();
    if (/^[A-Za-z0-9_-]{22}$/.test(kept)) return kept;
  } catch {
    // There is none yet.
  }
  const token = newToken();
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/** On an upgrade and on every change the Origin must be this very page. A client that is no browser sends none. */
export function checkOrigin(request: IncomingMessage): void {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  let host: string;
  try {
    host = new URL(origin).host;
  } catch {
    host = '';
  }
  if (host !== '' && host === request.headers.host) return;
  throw new SlipwayError('foreign-origin', 'This request came from another site.', {
    next: "Use Slipway's own page.",
    status: 403,
  });
}

function hasBearer({ headers }: IncomingMessage, token: string | null): boolean {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  return bearer !== undefined && token !== null && same(bearer, token);
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
