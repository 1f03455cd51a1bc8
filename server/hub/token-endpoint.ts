// `/token`, as auth.docker.io answers it: by Basic (GET), or by password or refresh token in a form (POST).
// https://distribution.github.io/distribution/spec/auth/token/ and …/auth/oauth/

import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPracticeAccount, readBasic } from './account.ts';
import { notFound, sendJson } from './answers.ts';
import { isRepositoryName } from './paths.ts';
import { type Access, type Action, LIFETIME_S, type Tokens } from './tokens.ts';

const MAX_FORM_BYTES = 16_384;
/** A push names its own repository and one to mount from at a time. */
const MAX_SCOPES = 8;
const ACTIONS: readonly string[] = ['pull', 'push', 'delete'];

export type Allow = (user: string, wanted: Access) => Promise<Action[]>;

export class TokenEndpoint {
  readonly #tokens: Tokens;
  readonly #allow: Allow;

  constructor(tokens: Tokens, allow: Allow) {
    this.#tokens = tokens;
    this.#allow = allow;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') await this.#get(request, response);
    else if (request.method === 'POST') await this.#post(request, response);
    else notFound(response);
  }

  async #get(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const header = request.headers.authorization;
    const credentials = readBasic(header);
    if (header !== undefined && (credentials === null || !isPracticeAccount(credentials))) return refuseLogin(response);
    const query = new URLSearchParams(request.url?.split('?')[1]);
    const user = credentials?.user ?? '';
    const access = await this.#granted(user, query.getAll('scope'));
    const token = this.#tokens.issue(user, access);
    // As Docker Hub, no refresh token here even where offline_token is asked: `docker login` stores the password.
    sendJson(response, 200, { token, access_token: token, ...times() });
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await readForm(request);
    if (form === null) return sendJson(response, 413, { details: 'the form is too large' });
    const grant = form.get('grant_type');
    const refresh = form.get('refresh_token') ?? '';
    const credentials = { user: form.get('username') ?? '', password: form.get('password') ?? '' };
    if (grant !== 'password' && grant !== 'refresh_token')
      return sendJson(response, 400, { details: 'grant_type must be password or refresh_token' });
    const byPassword = isPracticeAccount(credentials) ? credentials.user : null;
    const user = grant === 'password' ? byPassword : this.#tokens.userOfRefresh(refresh);
    if (user === null) return refuseLogin(response);
    const access = await this.#granted(user, form.getAll('scope'));
    const scope = access.map(({ type, name, actions }) => `${type}:${name}:${actions.join(',')}`).join(' ');
    const lasting = grant === 'refresh_token' ? refresh : null;
    const offline = form.get('access_type') === 'offline' ? this.#tokens.issueRefresh(user) : lasting;
    const answer = { access_token: this.#tokens.issue(user, access), scope, ...times() };
    sendJson(response, 200, offline === null ? answer : { ...answer, refresh_token: offline });
  }

  async #granted(user: string, scopes: string[]): Promise<Access[]> {
    const wanted = scopes
      .flatMap((scope) => scope.split(' '))
      .slice(0, MAX_SCOPES)
      .flatMap(parseScope);
    const granted = await Promise.all(
      wanted.map(async (access) => ({ ...access, actions: await this.#allow(user, access) })),
    );
    return granted.filter(({ actions }) => actions.length > 0);
  }
}

/** `repository:name:pull,push`; what else a scope may be is not known here and gives nothing. */
function parseScope(scope: string): Access[] {
  const [type, name = '', actions = '', more] = scope.split(':');
  if (type !== 'repository' || more !== undefined || !isRepositoryName(name)) return [];
  return [{ type, name, actions: ACTIONS.filter((action) => actions.split(',').includes(action)) as Action[] }];
}

function times(): { expires_in: number; issued_at: string } {
  return { expires_in: LIFETIME_S, issued_at: new Date().toISOString() };
}

function refuseLogin(response: ServerResponse): void {
  sendJson(response, 401, { details: 'incorrect username or password' });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  let body = '';
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    body += chunk;
    if (body.length > MAX_FORM_BYTES) return null;
  }
  return new URLSearchParams(body);
}
