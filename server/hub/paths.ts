// Which requests the practice Docker Hub knows, and to what path they lead; everything else stays out of reach.
// https://distribution.github.io/distribution/spec/api/

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const NAME = `${COMPONENT}(?:/${COMPONENT})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
const DIGEST = 'sha256:[0-9a-f]{64}';
/** Long enough for a registry's upload state; no path that is worth an answer is longer. */
const MAX_LENGTH = 4096;
const MAX_NAME_LENGTH = 255;

const REPOSITORY_NAME = new RegExp(`^${NAME}$`);
const THING = new RegExp(
  `^/v2/(${NAME})/(?:(manifests)/(?:${TAG}|${DIGEST})|(blobs)/${DIGEST}|(tags)/list|(blobs/uploads)/(?:[A-Za-z0-9_-]{1,128})?)$`,
);
const KINDS = ['manifest', 'blob', 'tags', 'upload'] as const;

/** A thing of a repository. */
export interface RepositoryPath {
  kind: (typeof KINDS)[number];
  repository: string;
  /** The last part of the path: a tag, a digest, an upload's id. */
  reference: string;
  /** Path and query without anything that a registry need not see. */
  target: string;
  query: URLSearchParams;
}

export type HubPath =
  | { kind: 'home' | 'root' | 'token' | 'unknown' }
  | { kind: 'search'; query: URLSearchParams }
  | RepositoryPath;

/** What a request's path and query ask for. Never throws. */
export function parseHubPath(url: string): HubPath {
  if (url.length > MAX_LENGTH || !url.startsWith('/')) return { kind: 'unknown' };
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  if (path === '/') return { kind: 'home' };
  if (path === '/v2/' || path === '/v2') return { kind: 'root' };
  if (path === '/token') return { kind: 'token' };
  if (path === '/v1/search') return { kind: 'search', query };
  const found = THING.exec(path);
  const kind = KINDS[found?.slice(2).findIndex((part) => part !== undefined) ?? -1];
  if (!found?.[1] || !kind || found[1].length > MAX_NAME_LENGTH) return { kind: 'unknown' };
  return {
    kind,
    repository: found[1],
    reference: path.slice(path.lastIndexOf('/') + 1),
    target: targetOf(path, query),
    query,
  };
}

export function isRepositoryName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && REPOSITORY_NAME.test(text);
}

/** The query is written anew, so that it holds no character that a path cannot. */
function targetOf(path: string, query: URLSearchParams): string {
  return query.size === 0 ? path : `${path}?${query}`;
}
