// Owns the HTTP requests: each returns what the protocol says, or throws an ApiProblem that can be shown as it is.

import { z } from 'zod';
import { routes } from '../../protocol/http.ts';
import { type Lesson, type LessonSummary, lessonSchema, lessonSummarySchema } from '../../protocol/lesson.ts';
import { type Info, infoSchema, problemSchema, type Session, sessionSchema } from '../../protocol/session.ts';
import { texts } from './texts.ts';

/** A request that failed: what happened and what to do next, in words for the learner. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly next: string;
  readonly status: number;

  constructor(code: string, message: string, next: string, status = 0) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.next = next;
    this.status = status;
  }
}

/** Anything thrown, as a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem('unexpected', texts.problems.unexpected.message, texts.problems.unexpected.next);
}

async function request<T>(schema: z.ZodType<T>, method: 'GET' | 'POST', path: string): Promise<T> {
  const unreachable = () =>
    new ApiProblem('unreachable', texts.problems.unreachable.message, texts.problems.unreachable.next);
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
    body: method === 'POST' ? '{}' : null,
  }).catch(() => Promise.reject(unreachable()));
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const problem = problemSchema.safeParse(body);
    // A proxy before a stopped server answers in its own words.
    if (!problem.success) throw unreachable();
    const { code, message, next } = problem.data.error;
    throw new ApiProblem(code, message, next, response.status);
  }
  const answer = schema.safeParse(body);
  if (!answer.success) {
    throw new ApiProblem('mismatch', texts.problems.mismatch.message, texts.problems.mismatch.next, response.status);
  }
  return answer.data;
}

const summaries = z.array(lessonSummarySchema);

export const getInfo = (): Promise<Info> => request(infoSchema, 'GET', routes.info);
export const getLessons = (): Promise<LessonSummary[]> => request(summaries, 'GET', routes.lessons);
export const getLesson = (slug: string): Promise<Lesson> => request(lessonSchema, 'GET', routes.lesson(slug));

/** The learner's session; null where there is none yet. */
export const getSession = (): Promise<Session | null> =>
  request(sessionSchema, 'GET', routes.session).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'no-session') return null;
    throw error;
  });

const post = (path: string): Promise<Session> => request(sessionSchema, 'POST', path);

export const openLesson = (slug: string) => post(routes.open(slug));
export const openStep = (slug: string, step: string) => post(routes.openStep(slug, step));
export const skipStep = (slug: string, step: string) => post(routes.skipStep(slug, step));
export const restartLesson = (slug: string) => post(routes.restart(slug));
