// Which request paths the practice Docker Hub knows; everything else of the hub stays out of reach.
// https://distribution.github.io/distribution/spec/api/

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
const DIGEST = 'sha256:[0-9a-f]{64}';
/** A repository's name has at most 255 characters; no path that is worth an answer is much longer. */
const MAX_LENGTH = 1024;

const READ = new RegExp(`^/v2/(library/${COMPONENT})/(?:(manifests)/(?:${TAG}|${DIGEST})|(blobs)/${DIGEST})$`);
const REPOSITORY = new RegExp(`^/v2/(${COMPONENT}(?:/${COMPONENT})*)/(?:manifests|blobs|tags)/[^?#]+(?:\\?.*)?$`);

export type HubPath =
  | { kind: 'root' }
  /** Something that the hub's store may hold. */
  | { kind: 'manifest' | 'blob'; repository: string }
  /** Another repository, or another thing of one. */
  | { kind: 'foreign'; repository: string }
  | { kind: 'unknown' };

/** What a request's path and query ask for. Never throws. */
export function parseHubPath(url: string): HubPath {
  if (url === '/v2/' || url === '/v2') return { kind: 'root' };
  if (url.length > MAX_LENGTH) return { kind: 'unknown' };
  const read = READ.exec(url);
  if (read?.[1] !== undefined) return { kind: read[2] ? 'manifest' : 'blob', repository: read[1] };
  const repository = REPOSITORY.exec(url)?.[1];
  return repository === undefined ? { kind: 'unknown' } : { kind: 'foreign', repository };
}
