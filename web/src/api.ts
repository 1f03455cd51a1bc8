// Owns the HTTP requests: each returns what the protocol says, or throws an ApiProblem that can be shown as it is.

import { z } from 'zod';
import { type Here, hereSchema, type Me, meSchema } from '../../protocol/classroom.ts';
import { routes } from '../../protocol/http.ts';
import {
  type Lesson,
  type LessonSummary,
  lessonSchema,
  lessonSummarySchema,
  type QuizAnswer,
  type Term,
  termSchema,
} from '../../protocol/lesson.ts';
import { type RawAnswer, rawAnswerSchema } from '../../protocol/map.ts';
import {
  type DoneStep,
  doneStepSchema,
  type Evidence,
  evidenceSchema,
  type Info,
  infoSchema,
  openedSchema,
  problemSchema,
  type QuizResult,
  quizResultSchema,
  type Session,
  sessionSchema,
} from '../../protocol/session.ts';
import { wantedLanguages } from './language.ts';
import { offline } from './parts/online.ts';
import { SERVER_LANGUAGE } from './parts/text-language.ts';
import { texts } from './texts.ts';

/** A request that failed: what happened and what to do next, in words for the learner. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly next: string;
  readonly status: number;
  /** Of the words, where they are not the page's own. */
  readonly language: string | undefined;

  constructor(code: string, message: string, next: string, status = 0, language?: string) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.next = next;
    this.status = status;
    this.language = language;
  }
}

/** Anything thrown, as a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem('unexpected', texts.problems.unexpected.message, texts.problems.unexpected.next);
}

function unreachable(): ApiProblem {
  const why = offline() ? 'offline' : 'unreachable';
  return new ApiProblem(why, texts.problems[why].message, texts.problems[why].next);
}

/** What the server said in place of an answer. */
export function problemIn(body: unknown, status: number): ApiProblem {
  const problem = problemSchema.safeParse(body);
  // A proxy before a stopped server answers in its own words.
  if (!problem.success) return unreachable();
  const { code, message, next } = problem.data.error;
  return new ApiProblem(code, message, next, status, SERVER_LANGUAGE);
}

/** Called when the server does not know who asks. */
let onStranger = () => {};
/** How often somebody came in: what was asked before says nothing of who is here now. */
let entries = 0;

/** What is to be done when the server does not know who asks. */
export function whenStranger(act: () => void): void {
  onStranger = act;
}

/** A request that was sent before this code was there. */
export type Asked = { path: string; answer: Promise<Response> };
let ahead: Asked | null = null;

/** The answer is for the first that asks the same. */
export function answeredAhead(asked: Asked | null): void {
  ahead = asked;
}

function takeAhead(path: string): Promise<Response> | null {
  if (ahead?.path !== path) return null;
  const { answer } = ahead;
  ahead = null;
  return answer;
}

/** Throws an ApiProblem. */
export async function request<T>(
  schema: z.ZodType<T>,
  method: 'GET' | 'POST',
  path: string,
  said: object = {},
): Promise<T> {
  const asked = entries;
  const response = await (
    takeAhead(path) ??
    fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        'accept-language': wantedLanguages.join(', '),
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      body: method === 'POST' ? JSON.stringify(said) : null,
    })
  ).catch(() => Promise.reject(unreachable()));
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = problemIn(body, response.status);
    if (problem.code === 'who-are-you' && asked === entries) onStranger();
    throw problem;
  }
  const answer = schema.safeParse(body);
  if (!answer.success) {
    throw new ApiProblem('mismatch', texts.problems.mismatch.message, texts.problems.mismatch.next, response.status);
  }
  return answer.data;
}

const summaries = z.array(lessonSummarySchema);
const terms = z.array(termSchema);
const values = z.record(z.string(), z.string());
const doneSteps = z.array(doneStepSchema);

export const getInfo = (): Promise<Info> => request(infoSchema, 'GET', routes.info);
export const getLessons = (): Promise<LessonSummary[]> => request(summaries, 'GET', routes.lessons);
export const getLesson = (slug: string): Promise<Lesson> => request(lessonSchema, 'GET', routes.lesson(slug));
export const getGlossary = (): Promise<Term[]> => request(terms, 'GET', routes.glossary);

/** The learner's session; null where there is none yet. */
export const getSession = (): Promise<Session | null> => request(sessionSchema.nullable(), 'GET', routes.session);

/** What a step's newest verdict rests on; null where nothing has been kept. */
export const getEvidence = (slug: string, step: string): Promise<Evidence | null> =>
  request(evidenceSchema, 'GET', routes.evidence(slug, step)).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.code === 'no-evidence') return null;
    throw error;
  });

/** The real answer behind a thing of the map. */
export const getMapRaw = (key: string): Promise<RawAnswer> => request(rawAnswerSchema, 'GET', routes.mapRaw(key));

/** What each step of a lesson was passed with. */
export const getDone = (slug: string): Promise<DoneStep[]> => request(doneSteps, 'GET', routes.done(slug));

/** The learner's own values for the placeholders in a step's commands, as far as they exist. */
export const getValues = (slug: string, step: string): Promise<Record<string, string>> =>
  request(values, 'GET', routes.values(slug, step));

const post = (path: string, said?: object): Promise<Session> => request(sessionSchema, 'POST', path, said);

export const extendTime = () => post(routes.extend);
export const openTerminal = () => request(openedSchema, 'POST', routes.terminals);
export const closeTerminal = (terminal: number) => post(routes.closeTerminal(terminal));
export const openLesson = (slug: string) => post(routes.open(slug));
export const openStep = (slug: string, step: string) => post(routes.openStep(slug, step));
export const skipStep = (slug: string, step: string) => post(routes.skipStep(slug, step));
export const restartLesson = (slug: string) => post(routes.restart(slug));
export const retrySetup = (slug: string) => post(routes.setup(slug));
export const takeHint = (slug: string, step: string) => post(routes.hint(slug, step));
export const showSolution = (slug: string, step: string) => post(routes.show(slug, step));
export const reportCheck = (slug: string, step: string, note: string) => post(routes.report(slug, step), { note });
export const answerQuiz = (slug: string, step: string, quiz: number, answer: QuizAnswer): Promise<QuizResult> =>
  request(quizResultSchema, 'POST', routes.quiz(slug, step, quiz), { answer });

/** What is answered with nothing but its success. */
export const tell = (path: string, said?: object): Promise<null> => request(z.null(), 'POST', path, said);

const enter = async (path: string, said: object): Promise<Me> => {
  const me = await request(meSchema, 'POST', path, said);
  entries += 1;
  return me;
};

/** Who is at this page; `classroom` is false where nobody has to say. */
export const getHere = (): Promise<Here> => request(hereSchema, 'GET', routes.me);
export const join = (code: string, name: string) => enter(routes.join, { code, name });
export const comeBack = (token: string) => enter(routes.back, { token });
export const signInByLink = (token: string) => enter(routes.signInByLink, { token });
export const signIn = (name: string, password: string) => enter(routes.signIn, { name, password });
export const setPassword = (name: string, password: string) => enter(routes.password, { name, password });
export const leave = () => tell(routes.leave);
