// Random secrets that somebody carries and whose hash is kept here.

import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 16;

/** 128 random bits as 22 letters. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is kept of a token. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
