// How the address that was asked differs from the one that a step asks for: the first difference, in words.

import { sameAddress } from '../curl-request.ts';
import { code } from '../quoted.ts';

/** Both normalised. Null where they are the same. */
export function addressProblem(seenText: string, askedText: string): string | null {
  if (sameAddress(seenText, askedText)) return null;
  const [seen, asked] = [parsed(seenText), new URL(askedText)];
  const asks = `this step asks for ${code(askedText)}`;
  if (!seen) return `${code(seenText)} is no address; ${asks}.`;
  return (
    hostProblem(seen, asked) ??
    pathProblem(seen.pathname, asked.pathname) ??
    `You asked for ${code(seenText)}; ${asks}.`
  );
}

/** Another scheme, computer or port. */
export function hostProblem(seen: URL, asked: URL): string | null {
  const asks = `this step asks for ${code(asked.href)}`;
  if (seen.protocol === 'https:' && asked.protocol === 'http:') {
    return `You asked over \`https://\`, but ${code(asked.host)} speaks plain HTTP here. Use \`http://\`.`;
  }
  if (seen.hostname !== asked.hostname && !sameAddress(`http://${seen.hostname}/`, `http://${asked.hostname}/`)) {
    return `You asked the computer ${code(seen.hostname)}; ${asks}.`;
  }
  if (seen.port !== asked.port) {
    return `You asked port \`${seen.port || '80'}\`; ${asks}, and that is port \`${asked.port || '80'}\`.`;
  }
  return null;
}

function pathProblem(seen: string, asked: string): string | null {
  if (!asked.startsWith('/v2/') || seen === asked) return null;
  const path = code(asked);
  return startProblem(seen, path) ?? spellingProblem(seen, asked) ?? partProblem(seen, asked);
}

/** What stands before the repository's name; `path` is what the step asks for. */
export function startProblem(seen: string, path: string): string | null {
  if (seen === '/')
    return `\`/\` answers with an empty body, which proves little. The API lives under \`/v2/\`: this step asks for ${path}.`;
  if (seen === '/v2') return `\`/v2\` only points to \`/v2/\`. End the address with the \`/\`.`;
  if (/^\/v1(\/|$)/.test(seen))
    return `The API of \`/v1/\` is long gone, and this registry never had it. This step asks for ${path}.`;
  if (!/^\/v2\//.test(seen))
    return `Each path of the API begins with \`/v2/\`, and yours is ${code(seen)}. This step asks for ${path}.`;
  if (/\/\//.test(seen)) return `Two \`/\` stand side by side in ${code(seen)}; this step asks for ${path}.`;
  const host = /^\/v2\/([a-z.]+:\d+)\//.exec(seen)?.[1];
  return host === undefined
    ? null
    : `${code(host)} stands in the path too; there only the repository's name is wanted: ${path}.`;
}

function spellingProblem(seen: string, asked: string): string | null {
  const path = code(asked);
  if (seen === `${asked}/`) return `There is a \`/\` too many at the end; this step asks for ${path}.`;
  if (seen.toLowerCase() === asked.toLowerCase())
    return `Capitals count in a path, and yours is ${code(seen)}. This step asks for ${path}.`;
  if (asked === '/v2/_catalog' && /catalog/i.test(seen) && !seen.includes('_'))
    return `The catalog's path has an underscore, and yours is ${code(seen)}. This step asks for ${path}.`;
  return null;
}

function partProblem(seen: string, asked: string): string | null {
  const path = code(asked);
  const wanted = /^\/v2\/(.+)\/(tags|manifests|blobs)\/(.+)$/.exec(asked);
  const given = /^\/v2\/(.+)\/(tags|manifests|blobs)(?:\/(.*))?$/.exec(seen);
  if (!wanted || !given) return null;
  const [, repository = '', kind, last = ''] = wanted;
  const [, seenRepository = '', seenKind, seenLast = ''] = given;
  if (seenRepository !== repository) return repositoryProblem(seenRepository, repository, path);
  if (kind === 'tags' && seenKind === 'tags')
    return `The list of tags ends in \`/tags/list\`, and your path is ${code(seen)}.`;
  if (kind !== 'manifests' || seenKind !== 'manifests') return null;
  return seenLast === ''
    ? `Behind \`/manifests/\` the tag is missing; this step asks for ${path}.`
    : `You asked for the manifest of ${code(seenLast)}; this step asks for that of ${code(last)}.`;
}

/** Of two repositories in a path that are not the same. */
export function repositoryProblem(seen: string, asked: string, path: string): string {
  return seen.startsWith(`${asked}:`)
    ? `A repository has no tag in the path: it is ${code(asked)}, not ${code(seen)}. This step asks for ${path}.`
    : `You asked for the repository ${code(seen)}; this step asks for ${code(asked)}.`;
}

export function parsed(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
