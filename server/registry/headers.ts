// The headers of a question to a registry.

import type { Credentials } from './types.ts';

/** Accept decides which bytes, and so which digest, are served. */
export const ACCEPT_MANIFESTS = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

/** None where nobody says who they are. */
export function authorization(credentials: Credentials | undefined): Record<string, string> {
  if (!credentials) return {};
  const { user, password } = credentials;
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
