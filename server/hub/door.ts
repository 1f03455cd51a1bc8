// One sandbox's door to the practice Docker Hub: who comes through this socket is that sandbox's learner.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { challenge, notFound, refuse, sendHome, sendJson } from './answers.ts';
import type { OwnRegistry } from './own-registry.ts';
import { parseHubPath, type RepositoryPath } from './paths.ts';
import { allowed, placeOf } from './repositories.ts';
import { type SearchAnswer, search } from './search.ts';
import type { StoreProxy } from './store-proxy.ts';
import { TokenEndpoint } from './token-endpoint.ts';
import type { Access, Action, Tokens } from './tokens.ts';

/** More than any manifest that Docker sends; then the connection ends. */
const MAX_UNREAD_BYTES = 1024 * 1024;

export class Door {
  readonly #store: StoreProxy;
  readonly #own: OwnRegistry;
  readonly #tokens: Tokens;
  readonly #tokenEndpoint: TokenEndpoint;

  constructor(store: StoreProxy, own: OwnRegistry, tokens: Tokens) {
    this.#store = store;
    this.#own = own;
    this.#tokens = tokens;
    this.#tokenEndpoint = new TokenEndpoint(tokens, (user, wanted) => allowed(user, wanted, store, own));
  }

  /** Answers one request; whatever it is, it gets an answer or its connection ends. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = parseHubPath(request.url ?? '');
    const reading = request.method === 'GET' || request.method === 'HEAD';
    if (path.kind === 'token') return this.#tokenEndpoint.answer(request, response);
    if ('repository' in path) return this.#answerRepository(request, response, path);
    await discardBody(request);
    if (!reading || path.kind === 'unknown') notFound(response);
    else if (path.kind === 'search') sendJson(response, 200, await this.#search(path.query));
    else if (path.kind === 'root') this.#answerRoot(request, response);
    else sendHome(response);
  }

  async #search(query: URLSearchParams): Promise<SearchAnswer> {
    const [names, own] = await Promise.all([this.#store.names(), this.#own.repositories()]);
    return search(query, { ...names, own });
  }

  #answerRoot(request: IncomingMessage, response: ServerResponse): void {
    const access = this.#accessOf(request);
    if (Array.isArray(access)) sendJson(response, 200, {});
    else challenge(response, null, access);
  }

  async #answerRepository(request: IncomingMessage, response: ServerResponse, path: RepositoryPath): Promise<void> {
    const { repository } = path;
    const action = actionOf(request.method, path);
    const access = this.#accessOf(request);
    if (action !== null && Array.isArray(access)) {
      if (access.some(({ name, actions }) => name === repository && actions.includes(action)))
        return (placeOf(repository) === 'own' ? this.#own : this.#store).forward(request, response, path);
    }
    await discardBody(request);
    if (action === null) notFound(response);
    else if (Array.isArray(access)) refuse(response, 'denied', { name: repository });
    else challenge(response, `repository:${repository}:${scopeOf(action)}`, access);
  }

  /** What the request's token allows, or what is wrong with it. */
  #accessOf(request: IncomingMessage): Access[] | 'invalid_token' | null {
    const header = request.headers.authorization;
    if (header === undefined) return null;
    const token = /^Bearer ([\w.-]+)$/i.exec(header)?.[1];
    return (token === undefined ? null : this.#tokens.accessOf(token)) ?? 'invalid_token';
  }
}

function actionOf(method: string | undefined, { kind }: RepositoryPath): Action | null {
  if (method === 'GET' || method === 'HEAD') return 'pull';
  if (kind === 'upload')
    return method === 'POST' || method === 'PATCH' || method === 'PUT' || method === 'DELETE' ? 'push' : null;
  if (kind === 'manifest' && method === 'PUT') return 'push';
  return (kind === 'manifest' || kind === 'blob') && method === 'DELETE' ? 'delete' : null;
}

function scopeOf(action: Action): string {
  return action === 'push' ? 'pull,push' : action;
}

/**
 * To the end of a body that nobody wants. Docker sends each request over a connection of its own, which ends with the
 * answer: one that comes before the body would be lost when the body finds the connection closed. Throws for a long one.
 */
async function discardBody(request: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_UNREAD_BYTES) throw new Error('a long body that nobody wants');
  }
}
