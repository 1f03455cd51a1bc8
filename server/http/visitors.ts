// Who asks, and whether a route is for them: by the table of protocol/endpoints.ts, which leaves out nothing that is answered.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Endpoint, endpoints } from '../../protocol/endpoints.ts';
import type { People } from '../classes/people.ts';
import { SlipwayError } from '../errors.ts';
import type { LearnerSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { PersonRow } from '../store/people-store.ts';
import { readCookie, setCookie } from './cookies.ts';

const table = Object.values(endpoints)
  .flat()
  .map((endpoint) => ({ endpoint, pattern: patternOf(endpoint.path) }));

/** The endpoint that answers at this path, or null: then nothing does. */
export function endpointAt(method: string, path: string): Endpoint | null {
  const asked = method === 'HEAD' ? 'GET' : method;
  return table.find(({ endpoint, pattern }) => endpoint.method === asked && pattern.test(path))?.endpoint ?? null;
}

export interface VisitorsParts {
  sessions: Sessions;
  /** Null where a learner is alone at this server. */
  people: People | null;
  secureCookies: boolean;
}

export class Visitors {
  readonly #parts: VisitorsParts;

  constructor(parts: VisitorsParts) {
    this.#parts = parts;
  }

  /** Throws SlipwayError: 404 where nothing answers here, 401 for a stranger, 403 where it is not for this role. */
  check(request: IncomingMessage & { baseUrl: string; path: string }, response: ServerResponse): void {
    this.#check(request, request.baseUrl + request.path, response);
  }

  /** As `check`, before there is a socket. */
  checkUpgrade(request: IncomingMessage, path: string): void {
    this.#check(request, path, null);
  }

  #check(request: IncomingMessage, path: string, response: ServerResponse | null): void {
    const endpoint = endpointAt(request.method ?? '', path);
    const { people } = this.#parts;
    if (!endpoint)
      throw new SlipwayError('not-found', 'There is nothing at this address.', {
        next: 'Reload the page.',
        status: 404,
      });
    if (people === null || endpoint.for === 'anyone') return;
    const person = this.known(request, response);
    if (!endpoint.for.includes(person.role))
      throw new SlipwayError('not-yours', 'This is for teachers.', { next: 'Go back to your lessons.', status: 403 });
  }

  /** Everybody is, where a learner is alone at this server. */
  isKnown(request: IncomingMessage): boolean {
    return this.#parts.people === null || this.person(request, null) !== null;
  }

  /** Null for a stranger, and where nobody says who they are. Where there is an answer, a login of yesterday is renewed by it. */
  person(request: IncomingMessage, response: ServerResponse | null): PersonRow | null {
    const found = this.#parts.people?.identify(readCookie(request, 'slipway_login'), response !== null) ?? null;
    if (found?.renewed && response !== null)
      setCookie(response, 'slipway_login', found.renewed, this.#parts.secureCookies);
    return found?.person ?? null;
  }

  /** As `person`; throws SlipwayError, status 401, for a stranger. */
  known(request: IncomingMessage, response: ServerResponse | null): PersonRow {
    const person = this.person(request, response);
    if (person) return person;
    throw new SlipwayError('who-are-you', 'You are not signed in here.', {
      next: 'Join with the code of your class, or open your own link.',
      status: 401,
    });
  }

  /** The run of whoever asks, or null where none was begun. */
  session(request: IncomingMessage): LearnerSession | null {
    const { people, sessions } = this.#parts;
    if (people === null) return sessions.find(readCookie(request, 'slipway_session'));
    const person = this.person(request, null);
    return person && this.sessionOf(person);
  }

  /** A person's run, or null where none was begun. */
  sessionOf({ session }: PersonRow): LearnerSession | null {
    return session === null ? null : this.#parts.sessions.withId(session);
  }
}

function patternOf(path: string): RegExp {
  const [before = ''] = path.split('?');
  const escaped = before.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.-]/g, '\\$&')));
  return new RegExp(`^${escaped.join('/')}/?$`);
}
