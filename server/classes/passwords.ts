// Passwords as scrypt keeps them: https://www.rfc-editor.org/rfc/rfc7914

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Turns } from '../sessions/turns.ts';

/** 32 MiB and about a fifth of a second: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MAX_MEMORY_BYTES = 64 * 2 ** 20;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** One at a time, whoever asks: a flood of tries takes one processor and the memory of one. */
const turns = new Turns();

/** The text that is kept: parameters, salt and key. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes as long where there is none, so that nobody learns from the time who has one. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, n, r, p, salt, key] = (kept ?? '').split('$');
  if (salt === undefined || key === undefined) {
    await derive(password, Buffer.alloc(SALT_BYTES), COST);
    return false;
  }
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return turns.take(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFC'), salt, KEY_BYTES, { ...cost, maxmem: MAX_MEMORY_BYTES }, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
}
