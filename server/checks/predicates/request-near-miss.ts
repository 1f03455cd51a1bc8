// How a request that was made differs from the one that a step asks for: the first difference, in words.

import { type CurlRequest, normalisedUrl, sameAddress } from '../curl-request.ts';
import { code } from '../quoted.ts';
import type { CommandRecord } from '../types.ts';
import { addressProblem } from './address-near-miss.ts';

export interface Asked {
  /** Normalised. */
  url: string;
  method: 'GET' | 'HEAD';
  accept: string | undefined;
  user: string | undefined;
}

const timedOutOrStopped = new Set([18, 28, 124, 130, 137, 143]);

/** Null where the request is right as far as address and method go. */
export function requestProblem(seen: CurlRequest, asked: Asked, record: CommandRecord): string | null {
  const slip = curlSlip(seen, asked);
  if (slip) return slip;
  if (/\$/.test(seen.url)) {
    return `This step reads the address as you type it, so write it out in full: ${code(asked.url)}.`;
  }
  return addressProblem(seen.url, asked.url) ?? methodProblem(seen, asked, record);
}

/** Words that curl took for something else than what was meant. */
export function curlSlip(seen: CurlRequest, asked: { url: string }): string | null {
  if (seen.asksHelp) return 'You asked curl for its help. The option for a header is `-H`, with a capital.';
  const [first = '', ...others] = seen.addresses;
  const type = seen.addresses.find((word) => /^[a-z]+\/[a-z0-9.+*-]+$/i.test(word));
  const cut = seen.headerLines.find((line) => /^[\w-]+:?$/.test(line));
  if (cut !== undefined && type !== undefined)
    return `A header with a space in it needs quotes around it: ${code(`-H '${cut} ${type}'`)}.`;
  const strayWord = others.some((word) => sameAddress(normalisedUrl(word), asked.url)) && !/^https?:|\//i.test(first);
  // The stray word may be a password, and is not told.
  if (seen.user !== null && strayWord)
    return `\`-u\` takes user and password as one word, without a space: ${code(`-u ${seen.user.split(':')[0]}:…`)}.`;
  return null;
}

function methodProblem(seen: CurlRequest, asked: Asked, record: CommandRecord): string | null {
  if (asked.method === 'HEAD' && seen.method === 'HEAD' && !seen.headOnly && record.exitCode !== 0) {
    const ended = timedOutOrStopped.has(record.exitCode) ? 'waits for a body that never comes' : 'fails';
    return `With \`-X HEAD\` curl ${ended}. Use \`-I\`, which asks for headers only.`;
  }
  if (seen.method === asked.method) return null;
  if (asked.method === 'HEAD') return 'You fetched the whole manifest; this step asks for its headers only. Use `-I`.';
  if (seen.method === 'HEAD')
    return '`-I` fetches the headers only; this step asks for the answer itself. Leave it out.';
  return `You sent a ${code(seen.method)} request; this step asks for ${asked.method}.`;
}
