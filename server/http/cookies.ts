// The cookies: a learner's session, the access that an access link was exchanged for, and a person's login.

import type { IncomingMessage, ServerResponse } from 'node:http';

export type CookieName = 'slipway_session' | 'slipway_access' | 'slipway_login';
const YEAR_S = 365 * 24 * 3600;

export function readCookie(request: IncomingMessage, name: CookieName): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** HttpOnly, SameSite=Lax: a link from elsewhere may open a page; every change is a POST that checks its Origin. */
export function setCookie(response: ServerResponse, name: CookieName, value: string, secure: boolean): void {
  const cookie = `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_S}${secure ? '; Secure' : ''}`;
  response.appendHeader('set-cookie', cookie);
}

export function clearCookie(response: ServerResponse, name: CookieName): void {
  response.appendHeader('set-cookie', `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`);
}
