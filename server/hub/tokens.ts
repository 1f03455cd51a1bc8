// Bearer tokens of one door: JWTs signed with that door's own key, so that no other door takes them.
// https://distribution.github.io/distribution/spec/auth/jwt/

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** As Docker Hub's. */
export const LIFETIME_S = 300;
const REGISTRY = 'registry.docker.io';
const REFRESH = 'auth.docker.io/refresh';
const HEADER = encode({ typ: 'JWT', alg: 'HS256' });

export type Action = 'pull' | 'push' | 'delete';

export interface Access {
  type: 'repository';
  name: string;
  actions: Action[];
}

interface Claims {
  aud: string;
  /** The account; empty where nobody logged in. */
  sub: string;
  access: Access[];
  iat: number;
  exp: number;
  jti: string;
}

export class Tokens {
  readonly #key: Buffer;
  readonly #nowMs: () => number;

  constructor(key: Buffer, nowMs: () => number = Date.now) {
    this.#key = key;
    this.#nowMs = nowMs;
  }

  issue(user: string, access: Access[]): string {
    return this.#sign({ aud: REGISTRY, sub: user, access, ...this.#times(LIFETIME_S) });
  }

  /** What a token allows; null for one that is forged, expired, of another door or for something else. */
  accessOf(token: string): Access[] | null {
    return this.#verify(token, REGISTRY)?.access ?? null;
  }

  /** Stands for the password at `/token` for a year. */
  issueRefresh(user: string): string {
    return this.#sign({ aud: REFRESH, sub: user, access: [], ...this.#times(365 * 86_400) });
  }

  userOfRefresh(token: string): string | null {
    return this.#verify(token, REFRESH)?.sub ?? null;
  }

  #times(lifetimeS: number): Pick<Claims, 'iat' | 'exp' | 'jti'> {
    const iat = Math.floor(this.#nowMs() / 1000);
    return { iat, exp: iat + lifetimeS, jti: randomUUID() };
  }

  #sign(claims: Claims): string {
    const signed = `${HEADER}.${encode(claims)}`;
    return `${signed}.${this.#mac(signed).toString('base64url')}`;
  }

  #verify(token: string, audience: string): Claims | null {
    const end = token.lastIndexOf('.');
    const given = Buffer.from(token.slice(end + 1), 'base64url');
    const mac = this.#mac(token.slice(0, Math.max(end, 0)));
    if (given.length !== mac.length || !timingSafeEqual(given, mac)) return null;
    const claims: Claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return claims.aud === audience && claims.exp * 1000 > this.#nowMs() ? claims : null;
  }

  #mac(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
