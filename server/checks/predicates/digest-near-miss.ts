// Which other digest a command showed than the one that a step asks for, or why it showed none.

import type { Manifest } from '../../registry/types.ts';
import type { Pipeline } from '../command-line.ts';
import type { CurlRequest } from '../curl-request.ts';
import { code } from '../quoted.ts';
import type { CommandRecord } from '../types.ts';

export interface Showing {
  record: CommandRecord;
  requests: CurlRequest[];
  /** The pipeline that computes a hash. */
  hashing: Pipeline | null;
}

interface Wanted {
  manifest: Manifest;
  of: 'manifest' | 'config' | 'layer';
  hashed: boolean;
  /** A sentence. */
  asks: string;
}

/** Null where nothing can be said but what the step asks for. */
export function digestProblem(showing: Showing, wanted: Wanted): string | null {
  const { record, requests } = showing;
  const { output } = record;
  if (/manifest\.v1\+prettyjws|"schemaVersion":\s*1\b/.test(output)) {
    return 'You got the old format, schema 1: other bytes, another digest. Add the Accept header of the step before.';
  }
  if (/"code":\s*"BLOB_UNKNOWN"/.test(output) || (showing.hashing && asksForManifestBlob(requests, wanted.manifest))) {
    return "There is no blob with this digest: a manifest's own digest isn't a blob's. Use one that is listed inside the manifest.";
  }
  if (/"code":\s*"MANIFEST_UNKNOWN"|^404 page not found/m.test(output)) {
    return `The registry knows nothing under that address. ${wanted.asks}`;
  }
  if (wanted.hashed) return hashProblem(showing, wanted);
  return otherDigest(output, wanted);
}

function otherDigest(output: string, { manifest, of, asks }: Wanted): string | null {
  const sees = (digest: string | null) => digest !== null && output.includes(digest);
  if (of === 'manifest' && sees(manifest.configDigest)) {
    return "That is the config's digest, the image ID. The manifest's own digest stands in the header `Docker-Content-Digest`.";
  }
  if (of === 'config' && sees(manifest.digest)) {
    return "That is the manifest's digest. The config's stands inside the manifest, at `.config.digest`.";
  }
  if (manifest.layerDigests.some(sees)) return `That is a layer's digest. ${asks}`;
  if (/sha256:[0-9a-f]{64}/.test(output)) return `That digest belongs to something else. ${asks}`;
  return null;
}

function hashProblem({ record, requests, hashing }: Showing, { manifest, asks }: Wanted): string | null {
  if (!hashing) {
    const sees = manifest.layerDigests.some((digest) => record.output.includes(digest));
    return sees ? `The registry says so; now compute it yourself. ${asks}` : null;
  }
  const hash = /(?:^|[^0-9a-f])([0-9a-f]{64})\b/m.exec(record.output)?.[1];
  const programs = hashing.map(({ program }) => program);
  if (programs.slice(0, programs.indexOf('sha256sum')).includes('jq')) {
    return '`jq` writes the JSON anew, and other bytes have another hash. Pipe what curl fetched straight into `sha256sum`.';
  }
  if (`sha256:${hash}` === manifest.digest) return `That is the manifest, and its digest is right. ${asks}`;
  if (`sha256:${hash}` === manifest.configDigest)
    return 'That is the config, and its digest is right. Now take one of the digests under `layers`.';
  if (requests.some(({ includesHeaders }) => includesHeaders)) {
    return '`-i` puts the headers before the bytes, and other bytes have another hash. Leave it out.';
  }
  const blob = blobOf(requests);
  if (blob !== null && !manifest.layerDigests.includes(blob))
    return `${code(blob)} isn't a layer of this image. ${asks}`;
  return hash === undefined ? null : `That hash isn't a layer's digest. ${asks}`;
}

function blobOf(requests: readonly CurlRequest[]): string | null {
  for (const { url } of requests) {
    const blob = /\/blobs\/([^/?#$]+)$/.exec(url)?.[1];
    if (blob) return decodeURIComponent(blob.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  }
  return null;
}

function asksForManifestBlob(requests: readonly CurlRequest[], manifest: Manifest): boolean {
  return blobOf(requests) === manifest.digest;
}
