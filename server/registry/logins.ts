// Which registries Docker keeps a login for, as its config file tells. Passwords are never looked at.

/** Where Docker keeps it, in the learner's home folder. */
export const configPath = '~/.docker/config.json';
/** Under this key Docker keeps the login to Docker Hub. */
export const hubKey = 'https://index.docker.io/v1/';

/** `docker.io` for Docker Hub. The user is null where a credential helper keeps it. */
export interface Login {
  registry: string;
  user: string | null;
}

/** All logins in the file's text, null for no file; null where it can't be read as JSON. */
export function loginsIn(text: string | null): Login[] | null {
  if (text === null || text.trim() === '') return [];
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return null;
  }
  const { auths, credsStore } = (isRecord(config) ? config : {}) as { auths?: unknown; credsStore?: unknown };
  return Object.entries(isRecord(auths) ? auths : {}).flatMap(([key, entry]): Login[] => {
    const auth = isRecord(entry) && typeof entry.auth === 'string' ? entry.auth : '';
    if (auth === '' && credsStore === undefined) return [];
    const user = Buffer.from(auth, 'base64').toString('utf8').split(':')[0] ?? '';
    return [{ registry: addressOf(key), user: user === '' ? null : user }];
  });
}

/** The registry of a key, or of what was typed after `docker login`: Docker drops scheme and path. */
export function addressOf(text: string): string {
  if (text === hubKey || text === '') return 'docker.io';
  const host = text.replace(/^https?:\/\//i, '').split('/')[0] ?? '';
  return /^(index|registry-1)\.docker\.io$/.test(host) ? 'docker.io' : host;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
