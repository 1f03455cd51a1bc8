// What the practice Docker Hub itself answers, in the specification's error codes and Docker Hub's words.

import type { ServerResponse } from 'node:http';

export const ANSWERS = {
  denied: { status: 403, code: 'DENIED', message: 'requested access to the resource is denied' },
  manifestUnknown: { status: 404, code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' },
  blobUnknown: { status: 404, code: 'BLOB_UNKNOWN', message: 'blob unknown to registry' },
  busy: { status: 429, code: 'TOOMANYREQUESTS', message: 'too many requests at once for one practice computer' },
  down: { status: 503, code: 'UNAVAILABLE', message: 'the practice Docker Hub is not running' },
} as const;

const VERSION = { 'docker-distribution-api-version': 'registry/2.0' };

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

export function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' });
  response.end('404 page not found\n');
}
