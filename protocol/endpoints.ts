// What each route takes and answers: docs/protocol.md is written from it.

import { z } from 'zod';
import type { routes } from './http.ts';
import { lessonSchema, lessonSummarySchema, quizAnswerSchema, termSchema } from './lesson.ts';
import { rawAnswerSchema } from './map.ts';
import {
  doneStepSchema,
  evidenceSchema,
  infoSchema,
  openedSchema,
  quizResultSchema,
  reportSchema,
  sessionSchema,
} from './session.ts';

export interface Endpoint {
  method: 'GET' | 'POST';
  /** With `:name` for what is put in. */
  path: string;
  /** The body of a POST; an empty object where nothing is said. */
  takes?: z.ZodType;
  /** In words where it is no JSON. */
  answers: z.ZodType | string;
  says: string;
}

const FILE = 'the bytes of the file';
const ownValues = z.record(z.string(), z.string());

export const endpoints: Readonly<Record<keyof typeof routes, readonly Endpoint[]>> = {
  info: [{ method: 'GET', path: '/api/info', answers: infoSchema, says: 'What this server is.' }],
  lessons: [
    {
      method: 'GET',
      path: '/api/lessons',
      answers: z.array(lessonSummarySchema),
      says: 'All lessons, in their order.',
    },
  ],
  lesson: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson',
      answers: lessonSchema,
      says: 'One of them. `unknown-lesson` where there is none.',
    },
  ],
  session: [
    {
      method: 'GET',
      path: '/api/session',
      answers: sessionSchema.nullable(),
      says: "This learner's run; null where none was begun.",
    },
  ],
  extend: [
    {
      method: 'POST',
      path: '/api/session/extend',
      answers: sessionSchema,
      says: 'The computer is kept longer. `no-more-time` where it may not be.',
    },
  ],
  open: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/open',
      answers: sessionSchema,
      says: 'Makes session and cookie where there are none, and a computer or a place in line. `too-many-sessions` where too many of one address have begun.',
    },
  ],
  openStep: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/open',
      answers: sessionSchema,
      says: 'The step becomes the current one.',
    },
  ],
  skipStep: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/skip',
      answers: sessionSchema,
      says: 'The step is skipped.',
    },
  ],
  restart: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/restart',
      answers: sessionSchema,
      says: 'A fresh computer, the lesson from its beginning.',
    },
  ],
  setup: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/setup',
      answers: sessionSchema,
      says: 'A set-up that has failed is tried again.',
    },
  ],
  quiz: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/quizzes/:quiz',
      takes: quizAnswerSchema,
      answers: quizResultSchema,
      says: 'An answer to a question.',
    },
  ],
  hint: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/hint',
      answers: sessionSchema,
      says: 'Takes the next hint that fits the state, if there is one.',
    },
  ],
  show: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/show',
      answers: sessionSchema,
      says: 'Types the solution into the terminal.',
    },
  ],
  done: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson/done',
      answers: z.array(doneStepSchema),
      says: 'What each step that a check has passed was done with, in the order of the lesson.',
    },
  ],
  evidence: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson/steps/:step/evidence',
      answers: evidenceSchema,
      says: "What the step's newest verdict rests on, or `no-evidence`.",
    },
  ],
  report: [
    {
      method: 'POST',
      path: '/api/lessons/:lesson/steps/:step/report',
      takes: reportSchema,
      answers: sessionSchema,
      says: "'This check is wrong.'",
    },
  ],
  values: [
    {
      method: 'GET',
      path: '/api/lessons/:lesson/steps/:step/values',
      answers: ownValues,
      says: "Placeholder → the learner's own value.",
    },
  ],
  mapRaw: [
    {
      method: 'GET',
      path: '/api/map/raw?key=:key',
      answers: rawAnswerSchema,
      says: 'Behind a thing of the map, or `not-on-map`.',
    },
  ],
  glossary: [{ method: 'GET', path: '/api/glossary', answers: z.array(termSchema), says: 'The terms of the field.' }],
  file: [
    {
      method: 'GET',
      path: '/api/file?path=:path',
      answers: FILE,
      says: "A file on the learner's computer, as an attachment.",
    },
    {
      method: 'POST',
      path: '/api/file?path=:path',
      answers: 'nothing, with status 204',
      says: 'A new file; the body is its bytes, as `application/octet-stream`. `file-exists` where there is one.',
    },
  ],
  terminals: [
    {
      method: 'POST',
      path: '/api/terminals',
      answers: openedSchema,
      says: 'One more terminal. `too-many-terminals` beyond the most.',
    },
  ],
  closeTerminal: [
    {
      method: 'POST',
      path: '/api/terminals/:terminal/close',
      answers: sessionSchema,
      says: 'What runs on it is hung up; the first one stays.',
    },
  ],
  socket: [
    {
      method: 'GET',
      path: '/ws?terminal=:terminal',
      answers: 'an upgrade',
      says: 'The WebSocket; terminal 0 where none is said.',
    },
  ],
};
