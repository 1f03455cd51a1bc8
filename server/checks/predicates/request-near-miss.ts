// How a request that was made differs from the one that a step asks for: the first difference, in words.

import { accepts, type CurlRequest, sameAddress, userOf } from '../curl-request.ts';
import { code } from '../quoted.ts';
import type { CommandRecord } from '../types.ts';

export interface Asked {
  /** Normalised. */
  url: string;
  method: 'GET' | 'HEAD';
  accept: string | undefined;
  user: string | undefined;
}

const refused = 7;
const timedOutOrStopped = new Set([18, 28, 124, 130, 137, 143]);

export function requestProblem(seen: CurlRequest, asked: Asked, record: CommandRecord): string {
  if (/\$/.test(seen.url)) {
    return `This step reads the address as you type it, so write it out in full: ${code(asked.url)}.`;
  }
  return (
    addressProblem(seen.url, asked.url) ?? methodProblem(seen, asked, record) ?? answerProblem(seen, asked, record)
  );
}

function addressProblem(seenText: string, askedText: string): string | null {
  if (sameAddress(seenText, askedText)) return null;
  const [seen, asked] = [parsed(seenText), new URL(askedText)];
  const asks = `this step asks for ${code(askedText)}`;
  if (!seen) return `${code(seenText)} is no address; ${asks}.`;
  if (seen.protocol === 'https:' && asked.protocol === 'http:') {
    return `You asked over \`https://\`, but ${code(asked.host)} speaks plain HTTP here. Use \`http://\`.`;
  }
  if (seen.hostname !== asked.hostname && !sameAddress(`http://${seen.hostname}/`, `http://${asked.hostname}/`)) {
    return `You asked the computer ${code(seen.hostname)}; ${asks}.`;
  }
  if (seen.port !== asked.port) {
    return `You asked port \`${seen.port || '80'}\`; ${asks}, and that is port \`${asked.port || '80'}\`.`;
  }
  return pathProblem(seen.pathname, asked.pathname) ?? `You asked for ${code(seenText)}; ${asks}.`;
}

function pathProblem(seen: string, asked: string): string | null {
  if (!asked.startsWith('/v2/') || seen === asked) return null;
  const path = code(asked);
  if (seen === '/')
    return `\`/\` answers with an empty body, which proves little. The API lives under \`/v2/\`: this step asks for ${path}.`;
  if (seen === '/v2') return `\`/v2\` only points to \`/v2/\`. End the address with the \`/\`.`;
  if (/^\/v1(\/|$)/.test(seen))
    return `The API of \`/v1/\` is long gone, and this registry never had it. This step asks for ${path}.`;
  if (!/^\/v2\//.test(seen))
    return `Each path of the API begins with \`/v2/\`, and yours is ${code(seen)}. This step asks for ${path}.`;
  if (seen === `${asked}/`) return `There is a \`/\` too many at the end; this step asks for ${path}.`;
  if (asked === '/v2/_catalog' && /catalog/i.test(seen))
    return `The catalog's path has an underscore, and yours is ${code(seen)}. This step asks for ${path}.`;
  const host = /^\/v2\/([^/]*[:.][^/]*)\//.exec(seen)?.[1];
  if (host && /^[a-z.]+:\d+$/.test(host))
    return `${code(host)} stands in the path too; there only the repository's name is wanted: ${path}.`;
  const wanted = /^\/v2\/(.+)\/(tags|manifests|blobs)\/(.+)$/.exec(asked);
  const given = /^\/v2\/(.+)\/(tags|manifests|blobs)(?:\/(.*))?$/.exec(seen);
  if (!wanted || !given) return null;
  const [, repository = '', kind, last = ''] = wanted;
  const [, seenRepository = '', seenKind, seenLast = ''] = given;
  if (seenRepository.startsWith(`${repository}:`)) {
    return `A repository has no tag in the path: it is ${code(repository)}, not ${code(seenRepository)}. This step asks for ${path}.`;
  }
  if (seenRepository !== repository)
    return `You asked for the repository ${code(seenRepository)}; this step asks for ${code(repository)}.`;
  if (kind === 'tags' && seenKind === 'tags')
    return `The list of tags ends in \`/tags/list\`, and your path is ${code(seen)}.`;
  if (kind === 'manifests' && seenKind === 'manifests')
    return `You asked for the manifest of ${code(seenLast)}; this step asks for that of ${code(last)}.`;
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

function answerProblem(seen: CurlRequest, asked: Asked, record: CommandRecord): string {
  const host = new URL(asked.url).host;
  if (record.exitCode === refused) {
    return `Nothing answers at ${code(host)}. Look at \`docker ps -a\`: is the container running?`;
  }
  if (!accepts(seen, asked.accept)) {
    const given = seen.headers.get('accept');
    if (given !== undefined)
      return `Your Accept header names ${code(given)}; this step asks for ${code(asked.accept ?? '')}.`;
    const header = code(`-H 'Accept: ${asked.accept}'`);
    return `You got the old format, schema 1: other bytes, another digest. Say which format you accept: ${header}.`;
  }
  const login = loginProblem(seen, asked, record.output);
  if (login) return login;
  if (record.exitCode !== 0)
    return `curl ended with exit code \`${record.exitCode}\`. This step asks for an answer from ${code(asked.url)}.`;
  if (seen.toFile) return 'The answer went into a file. Let curl print it: leave out `-o`.';
  if (/"code":\s*"NAME_UNKNOWN"/.test(record.output))
    return 'The registry has no such repository any more (`NAME_UNKNOWN`). Look at `/v2/_catalog`, and push it again.';
  if (/"code":\s*"MANIFEST_UNKNOWN"/.test(record.output))
    return 'The registry has no such tag any more (`MANIFEST_UNKNOWN`). Look at `/tags/list`, and push it again.';
  return `You asked ${code(asked.url)}, which is right, but the answer isn't what this step looks for. Let curl print all of it.`;
}

/** Whether the answer is the registry's refusal of who asked. */
export function refusedLogin(output: string): boolean {
  return /"code":\s*"UNAUTHORIZED"|^HTTP\/[\d.]+ 401\b/m.test(output);
}

function loginProblem(seen: CurlRequest, { user }: Asked, output: string): string | null {
  if (user === undefined) return null;
  const given = userOf(seen);
  if (given === null)
    return `You asked without a login, and curl doesn't read what \`docker login\` keeps. Name the user with ${code(`-u ${user}:…`)}.`;
  if (given !== user) return `You asked as ${code(given)}; this step asks for the user ${code(user)}.`;
  return refusedLogin(output) ? `The registry refused ${code(user)} with that password. Look at it again.` : null;
}

function parsed(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
