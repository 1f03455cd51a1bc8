// The container's health check: exit 0 when `/readyz` says that all is ready.

import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { get as getOverTls } from 'node:https';
import { join } from 'node:path';
import { readConfig } from '../config.ts';

const { port, dataDir, tlsCert } = readConfig([], process.env);
const options = { headers: { authorization: `Bearer ${accessToken()}` }, signal: AbortSignal.timeout(5_000) };
const end = (code: number) => process.exit(code);
// Its certificate is for other names than this one.
const asked =
  tlsCert === undefined
    ? get(`http://127.0.0.1:${port}/readyz`, options)
    : getOverTls(`https://127.0.0.1:${port}/readyz`, { ...options, rejectUnauthorized: false });
asked.on('response', ({ statusCode }) => end(statusCode === 200 ? 0 : 1));
asked.on('error', () => end(1));

/** A room has none. */
function accessToken(): string {
  try {
    return readFileSync(join(dataDir, 'access-token'), 'utf8').trim();
  } catch {
    return '';
  }
}
