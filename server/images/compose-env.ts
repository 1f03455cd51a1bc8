// The `.env` file by which docker compose learns of the base image that was built without Docker Hub.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const ENV_MARK = '# Written by npm run images';

/** Writes it, unless a file of the user's own is there; answers whether it did. */
export function writeComposeEnv(file: string, base: string): boolean {
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(ENV_MARK)) return false;
  writeFileSync(file, `${ENV_MARK} for docker compose.\nSLIPWAY_BASE=${base}\n`);
  return true;
}
