// What the practice Docker Hub itself answers, in the specification's error codes and Docker Hub's words.

import type { ServerResponse } from 'node:http';

/** Docker gives up at once on the codes DENIED and TOOMANYREQUESTS, and tries others again for a while. */
export const ANSWERS = {
  denied: { status: 403, code: 'DENIED', message: 'requested access to the resource is denied' },
  manifestUnknown: { status: 404, code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' },
  blobUnknown: { status: 404, code: 'BLOB_UNKNOWN', message: 'blob unknown to registry' },
  busy: { status: 429, code: 'TOOMANYREQUESTS', message: 'too many requests at once for one practice computer' },
  full: {
    status: 429,
    code: 'TOOMANYREQUESTS',
    message: 'the practice Docker Hub is full and takes no new image; those that it has are still there',
  },
  upstreamBusy: {
    status: 429,
    code: 'TOOMANYREQUESTS',
    message: 'Docker Hub gives this server no more for now; the images that it has are still there',
  },
  tooLarge: {
    status: 403,
    code: 'DENIED',
    message: 'this layer is too large for the practice Docker Hub',
  },
  down: { status: 503, code: 'UNAVAILABLE', message: 'the practice Docker Hub is not running' },
} as const;

const VERSION = { 'docker-distribution-api-version': 'registry/2.0' };

const HOME = `This is a practice Docker Hub, made by Slipway on the server of this course.
Nothing that you do here leaves it, and no real password belongs here.
The practice account that the lesson shows is the only one.
`;

/**
 * Ends the response with that error; does nothing but hang up when an answer has begun.
 * Docker prints only the code, without the message, of an error that has no detail.
 */
export function refuse(
  response: ServerResponse,
  answer: keyof typeof ANSWERS,
  detail: Record<string, string> = {},
): void {
  const { status, code, message } = ANSWERS[answer];
  sendJson(response, status, { errors: [{ code, message, detail }] });
}

/** Asks for a token; `scope` is what it has to allow, `error` what was wrong with the one that came. */
export function challenge(response: ServerResponse, scope: string | null, error: 'invalid_token' | null): void {
  const parameters = { realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope, error };
  const said = Object.entries(parameters).filter(([, value]) => value !== null);
  const [, name, action] = scope?.split(':') ?? [];
  const detail = name === undefined ? null : [{ Type: 'repository', Class: '', Name: name, Action: action }];
  response.setHeader('www-authenticate', `Bearer ${said.map(([key, value]) => `${key}="${value}"`).join(',')}`);
  sendJson(response, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail }] });
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(value);
  response.writeHead(status, {
    ...VERSION,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

export function sendHome(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(HOME) });
  response.end(HOME);
}

export function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' });
  response.end('404 page not found\n');
}
