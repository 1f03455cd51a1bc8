// What people carry to come back or to join: links that are sealed, of which nothing is kept, and codes.

import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_LENGTH, CODE_LETTERS } from '../../protocol/classroom.ts';

const SEAL_LETTERS = 22;

/** A join code: 27 letters to the power of 8, 2.8 × 10¹¹ of them. */
export function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
}

/** As hard to guess as anything, and short enough to be typed from paper: 1.5 × 10¹⁷ of them. */
export function newCertificateId(): string {
  const letters = Array.from({ length: 12 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** `id.number.seal`: nobody without the key makes one; a greater number makes all earlier ones void. */
export function sealed(key: string, use: string, id: string, number: number): string {
  return `${id}.${number}.${sealOf(key, use, id, number)}`;
}

/** What was sealed, or null where it was not with this key and for this use. */
export function unsealed(key: string, use: string, token: string): { id: string; number: number } | null {
  const [, id, digits, seal] = /^([A-Za-z0-9_-]{1,40})\.(\d{1,9})\.([A-Za-z0-9_-]{22})$/.exec(token) ?? [];
  if (id === undefined || digits === undefined || seal === undefined) return null;
  const number = Number(digits);
  const expected = sealOf(key, use, id, number);
  return timingSafeEqual(Buffer.from(seal), Buffer.from(expected)) ? { id, number } : null;
}

function sealOf(key: string, use: string, id: string, number: number): string {
  const text = JSON.stringify([use, id, number]);
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, SEAL_LETTERS);
}
