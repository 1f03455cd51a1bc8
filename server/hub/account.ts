// The practice account of the practice Docker Hub: the same for every learner, shown in the lesson, no secret.

export const PRACTICE_ACCOUNT = { user: 'learner', password: 'hubpass' } as const;

/** Repositories below it are the learner's own. */
export const OWN_NAMESPACE = `${PRACTICE_ACCOUNT.user}/`;

export interface Credentials {
  user: string;
  password: string;
}

/** The credentials of a Basic header; null where there is none that can be read. */
export function readBasic(authorization: string | undefined): Credentials | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const [user = '', password] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/s);
  return password === undefined ? null : { user, password };
}

export function isPracticeAccount({ user, password }: Credentials): boolean {
  return user === PRACTICE_ACCOUNT.user && password === PRACTICE_ACCOUNT.password;
}
