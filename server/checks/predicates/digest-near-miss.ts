// Which other digest a command showed than the one that a step asks for, or why it showed none.

import { accepts, type CurlRequest } from '../curl-request.ts';
import { code } from '../quoted.ts';
import { addressProblem } from './address-near-miss.ts';
import { headerSlip, isOldFormat } from './answer-near-miss.ts';
import { blobOf } from './blob-near-miss.ts';
import { endProblem } from './end-near-miss.ts';
import { hashProblem } from './hash-near-miss.ts';
import { jqProblem } from './jq-near-miss.ts';
import { curlSlip } from './request-near-miss.ts';
import type { Showing, Wanted } from './showing.ts';

/** Null where nothing can be said but what the step asks for. */
export function digestProblem(showing: Showing, wanted: Wanted): string | null {
  const { record, requests } = showing;
  const { output } = record;
  if (isOldFormat(output)) {
    return 'You got the old format, schema 1: other bytes, another digest. Add the Accept header of the step before.';
  }
  const asked = requests.at(-1);
  if (
    /"code":\s*"BLOB_UNKNOWN"/.test(output) ||
    (showing.hashing && asked && blobOf(asked) === wanted.manifest.digest)
  ) {
    return "There is no blob with this digest: a manifest's own digest isn't a blob's. Use one that is listed inside the manifest.";
  }
  if (wanted.by === 'sha256sum') return hashProblem(showing, wanted);
  const other = otherDigest(showing, wanted) ?? (asked ? requestProblem(asked, showing, wanted) : null);
  if (other) return other;
  return /"code":\s*"MANIFEST_UNKNOWN"|^404 page not found/m.test(output)
    ? `The registry knows nothing under that address. ${wanted.asks}`
    : null;
}

function otherDigest({ record: { output }, counts }: Showing, { manifest, of, asks }: Wanted): string | null {
  const sees = (digest: string | null) => digest !== null && output.includes(digest);
  if (of === 'manifest' && sees(manifest.configDigest)) {
    return "That is the config's digest, the image ID. The manifest's own digest stands in the header `Docker-Content-Digest`.";
  }
  if (of === 'config' && !counts && sees(manifest.configDigest)) {
    return 'That is the right value, but told by this computer. Ask the registry: it stands in the manifest, at `.config.digest`.';
  }
  if (of === 'config' && sees(manifest.digest)) {
    return "That is the manifest's digest. The config's stands inside the manifest, at `.config.digest`.";
  }
  if (manifest.layerDigests.some(sees)) return `That is a layer's digest. ${asks}`;
  if (/sha256:[0-9a-f]{64}/.test(output)) return `That digest belongs to something else. ${asks}`;
  return null;
}

/** Why a request shows no digest at all. */
function requestProblem(seen: CurlRequest, showing: Showing, wanted: Wanted): string | null {
  const url = `http://${wanted.registry}/v2/${wanted.repository}/manifests/${wanted.tag}`;
  const slip = curlSlip(seen, { url });
  if (slip) return slip;
  if (/[$`]/.test(seen.url)) return null;
  const address = addressProblem(seen.url, url);
  if (address) return address;
  if (seen.headOnly && wanted.of === 'config')
    return "`-I` fetches the headers only, and the config's digest stands in the manifest itself. Leave it out.";
  const { mediaType } = wanted.manifest;
  if (!accepts(seen, mediaType) && !seen.hidesHeaders) {
    return (
      headerSlip(seen.headerLines, mediaType) ??
      `Without an Accept header for ${code(mediaType)} this registry answers in the old format, schema 1, which names no config. Add the header of the step before.`
    );
  }
  return jqProblem(showing, '.config.digest') ?? endProblem(showing, url);
}
