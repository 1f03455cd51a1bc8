// What docker compose's build needs from this computer: the base image that was built here, and an extra certificate.

import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const ENV_MARK = '# Written by npm run images';

/** Writes it, unless a file of the user's own is there; answers whether it did. */
export function writeComposeEnv(file: string, base: string): boolean {
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(ENV_MARK)) return false;
  writeFileSync(file, `${ENV_MARK} for docker compose.\nSLIPWAY_BASE=${base}\n`);
  return true;
}

/** Puts the file of NODE_EXTRA_CA_CERTS where the build of the server's image takes it from; none where it is not set. */
export function copyExtraCertificate(root: string, file: string | undefined): void {
  const copy = join(root, '.cache', 'extra-ca.pem');
  rmSync(copy, { force: true });
  if (!file || !existsSync(file)) return;
  mkdirSync(join(root, '.cache'), { recursive: true });
  copyFileSync(file, copy);
}
