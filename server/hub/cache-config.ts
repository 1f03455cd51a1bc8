// The cache's own settings where it logs in: a file that only the server and the cache can read, so that no password stands
// in the container's settings.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { UpstreamCredentials } from './upstream.ts';

const TEMPLATE = fileURLToPath(new URL('../../sandbox/offline/hub/cache.yml', import.meta.url));

export interface CacheConfig {
  /** In the container. */
  path: string;
  /** Other than at the last start: a cache that runs has the old one. */
  changed: boolean;
}

/** `dir` is the hub's folder, which the container sees as /socket. */
export async function writeCacheConfig(dir: string, credentials: UpstreamCredentials | null): Promise<CacheConfig> {
  const file = join(dir, 'cache.yml');
  const before = await readFile(file, 'utf8').catch(() => null);
  if (credentials === null) {
    await rm(file, { force: true });
    return { path: '/etc/slipway/cache.yml', changed: before !== null };
  }
  const config = parse(await readFile(TEMPLATE, 'utf8'));
  const { user: username, password } = credentials;
  // JSON is YAML.
  const wanted = JSON.stringify({ ...config, proxy: { ...config.proxy, username, password } });
  // Anew, so that the mode is this one whatever was there.
  await rm(file, { force: true });
  await writeFile(file, wanted, { mode: 0o600, flag: 'wx' });
  return { path: '/socket/cache.yml', changed: before !== wanted };
}
