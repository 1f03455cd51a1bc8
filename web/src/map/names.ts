// How names, digests and sizes are written on the map.

/** `sha256:` and 64 digits, by the 12 that Docker's listings show. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:([0-9a-f]{12})[0-9a-f]*$/, '$1');

/** The registry's part of a familiar name, with its slash, and the rest. */
export function nameParts(name: string): { host: string; rest: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (!/[.:]/.test(first) && first !== 'localhost') return { host: '', rest: name };
  return { host: name.slice(0, slash + 1), rest: name.slice(slash + 1) };
}

/** As one types it: Docker Hub's official images have neither host nor `library/`. */
export function familiar(host: string, repository: string): string {
  return host === 'docker.io' ? repository.replace(/^library\//, '') : `${host}/${repository}`;
}

/** Numbers in names by their size: `1.9` before `1.10`. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;
