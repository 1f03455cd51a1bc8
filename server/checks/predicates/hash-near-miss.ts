// Why the hash that a command computed is not the digest of a layer.

import { createHash } from 'node:crypto';
import { curlRequest } from '../curl-request.ts';
import { code } from '../quoted.ts';
import { blobAddressProblem, blobOf } from './blob-near-miss.ts';
import type { Showing, Wanted } from './showing.ts';

const OTHER_HASHES = /^(md5|sha1|sha224|sha384|sha512|b2)sum$/;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const OF_NOTHING = hashOf('');
const OF_NO_PAGE = hashOf('404 page not found\n');

/** Null where nothing can be said but what the step asks for. */
export function hashProblem(showing: Showing, wanted: Wanted): string | null {
  const { record, requests, hashing } = showing;
  const { manifest, asks } = wanted;
  if (!hashing) {
    const other = showing.programs.find((program) => OTHER_HASHES.test(program));
    if (other) return `${code(other)} computes another kind of hash than the one in a digest. ${asks}`;
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
  const fetch = hashing.map(curlRequest).find((one) => one !== null) ?? requests.at(-1);
  if (fetch?.headOnly) return '`-I` fetches the headers only, so the bytes of the layer never came. Leave it out.';
  if (fetch?.includesHeaders)
    return '`-i` puts the headers before the bytes, and other bytes have another hash. Leave it out.';
  const answer = hash === OF_NO_PAGE ? '404 page not found' : record.output;
  const problem = fetch && blobAddressProblem(fetch, wanted, answer);
  if (problem) return problem;
  if (hash === OF_NOTHING)
    return `That is the hash of nothing: no bytes came. Look at what curl says, with \`-S\` and without \`| sha256sum\`. ${asks}`;
  if (hash === OF_NO_PAGE) return `You hashed the answer \`404 page not found\`. ${asks}`;
  const blob = fetch ? blobOf(fetch) : null;
  if (blob !== null && !manifest.layerDigests.includes(blob))
    return `${code(blob)} isn't a layer of this image. ${asks}`;
  return hash === undefined ? null : `That hash isn't a layer's digest. ${asks}`;
}
