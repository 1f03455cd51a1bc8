// How the address of a blob that was asked for is not one: the first difference, in words.

import type { CurlRequest } from '../curl-request.ts';
import { code } from '../quoted.ts';
import { hostProblem, parsed, repositoryProblem, startProblem } from './address-near-miss.ts';
import { curlSlip } from './request-near-miss.ts';

export interface AskedBlob {
  registry: string;
  repository: string;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Null where the address is that of a blob; what the shell put into it shows only in the answer. */
export function blobAddressProblem(seen: CurlRequest, asked: AskedBlob, output: string): string | null {
  const base = `http://${asked.registry}/v2/${asked.repository}/blobs/`;
  const slip = curlSlip(seen, { url: base });
  if (slip) return slip;
  const url = parsed(seen.url);
  if (!url || /^http:\/\/[$`]/.test(seen.url)) return null;
  const path = code(`/v2/${asked.repository}/blobs/sha256:…`);
  return (
    hostProblem(url, new URL(base)) ??
    startProblem(url.pathname, path) ??
    partProblem(readable(url.pathname + url.hash), asked.repository, path, output)
  );
}

/** The digest that was asked for, where the command or the answer tells it. */
export function blobOf({ url }: CurlRequest, output = ''): string | null {
  const typed = /\/blobs\/([^/?#$`]+)$/.exec(readable(url))?.[1];
  return typed ?? /"BLOB_UNKNOWN"[^}]{0,200}"detail":\s*"(sha256:[0-9a-f]{64})"/.exec(output)?.[1] ?? null;
}

function partProblem(seen: string, repository: string, path: string, output: string): string | null {
  const [, seenRepository = '', kind = '', last = ''] =
    /^\/v2\/(.+?)\/(blobs?|manifests?|layers?|configs?)(?:\/(.*))?$/.exec(seen) ?? [];
  if (kind === '') return null;
  if (/^manifests?$/.test(kind)) {
    return last.startsWith('sha256:') || isPutIn(last)
      ? `Under \`/manifests/\` are manifests only. Config and layers are blobs: this step asks for ${path}.`
      : null;
  }
  if (kind !== 'blobs')
    return `Blobs are found under \`/blobs/\`, and yours is ${code(seen)}. This step asks for ${path}.`;
  if (seenRepository !== repository) return repositoryProblem(seenRepository, repository, path);
  if (last === '') return `Behind \`/blobs/\` the digest is missing: this step asks for ${path}.`;
  if (isPutIn(last)) return putInProblem(last, output);
  return digestSlip(last);
}

/** What is wrong with a word that was meant to be a whole digest. */
export function digestSlip(word: string): string | null {
  if (DIGEST.test(word)) return null;
  if (DIGEST.test(word.toLowerCase())) return `A digest is written in lower case, and yours is ${code(word)}.`;
  if (/^[0-9a-f]{6,64}$/i.test(word)) return `A digest begins with \`sha256:\`. Put that in front of ${code(word)}.`;
  const digits = /^sha256:([0-9a-f]*)$/.exec(word)?.[1];
  return digits === undefined
    ? `A digest is \`sha256:\` and 64 hexadecimal digits, and yours is ${code(word)}.`
    : `A digest is \`sha256:\` and 64 hexadecimal digits, and yours has ${digits.length}: ${code(word)}. Copy all of it.`;
}

/** A variable, or a command in `$(…)` or backticks. */
function isPutIn(last: string): boolean {
  return /[$`]/.test(last);
}

function putInProblem(last: string, output: string): string | null {
  if (!/^404 page not found|"DIGEST_INVALID"/m.test(output)) return null;
  const rule = 'is no whole digest, `sha256:` and 64 hexadecimal digits.';
  const name = /^\$(\w+)$/.exec(last)?.[1];
  if (name !== undefined) return `What stands in ${code(`$${name}`)} ${rule} Look at it with ${code(`echo $${name}`)}.`;
  return /^\$$|[(`]/.test(last)
    ? `What the inner command printed ${rule} Run that command alone.`
    : `What the shell puts in there ${rule} Look at it with \`echo\`.`;
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
