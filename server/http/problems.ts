// Errors as answers: what the server says on purpose goes out, everything else is logged and hidden.

import type { ServerResponse } from 'node:http';
import type { Problem } from '../../protocol/session.ts';
import { messageOf, SlipwayError } from '../errors.ts';

export function problemOf(error: unknown): { status: number; problem: Problem } {
  if (error instanceof SlipwayError && error.status < 600 && error.status !== 500) {
    return { status: error.status, problem: { error: { code: error.code, message: error.message, next: error.next } } };
  }
  // What express and its body parser refuse carries a status of its own.
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return {
      status,
      problem: {
        error: { code: 'bad-request', message: 'The request could not be understood.', next: 'Reload the page.' },
      },
    };
  }
  const next = "Try again in a moment. If it stays, look at the server's log.";
  return { status: 500, problem: { error: { code: 'internal', message: 'Something went wrong on our side.', next } } };
}

export function answerProblem(
  error: unknown,
  response: ServerResponse,
  log: { error(fields: object, text: string): void },
): void {
  const { status, problem } = problemOf(error);
  if (status === 500) log.error({ error: messageOf(error), stack: (error as Error | null)?.stack }, 'a request failed');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(problem));
}
