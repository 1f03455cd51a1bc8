// A learner's run as the page sees it; the server sends it whole whenever it changes.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';

/** What the learner did with a step. A step that is neither is `todo`, or `current` where it is the lesson's current one. */
export const stepMarkSchema = z.enum(['passed', 'skipped']);

export const verdictSchema = z.object({
  step: slugSchema,
  /** `fail` is the learner's, `error` is ours. */
  state: z.enum(['checking', 'pass', 'fail', 'error']),
  /** Plain text; `code` stands in backticks. Empty while checking. */
  message: z.string(),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const setupSchema = z.discriminatedUnion('state', [
  /** There is no computer yet: the learner stands in line. Its place is kept while a page is connected, and a minute longer. */
  z.object({
    state: z.literal('waiting'),
    /** 1 is the next. */
    place: z.int().min(1),
    /** About; null where nothing is known yet. */
    waitMs: z.number().nonnegative().nullable(),
    /** All are in use, the server is short of something, they are being started, or that fails and is tried again. */
    why: z.enum(['full', 'memory', 'disk', 'busy', 'starting', 'trouble']),
  }),
  z.object({ state: z.literal('running'), doing: z.string() }),
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);
export type Setup = z.infer<typeof setupSchema>;

export const lessonProgressSchema = z.object({
  marks: z.record(z.string(), stepMarkSchema),
  /** The step being worked on; null when every step is passed or skipped. */
  current: slugSchema.nullable(),
  /** Steps whose checks have passed; such a step is passed once its quizzes are answered right, too. */
  checked: z.array(slugSchema),
  /** By step: which of its quizzes were answered right. A step that is missing has none yet. */
  quizzes: z.record(z.string(), z.array(z.boolean())),
  /** By step: indexes of the hints that were taken, in their order. */
  hints: z.record(z.string(), z.array(z.int().nonnegative())),
  /** Steps whose solution was typed by `show me`. */
  shown: z.array(slugSchema),
});
export type LessonProgress = z.infer<typeof lessonProgressSchema>;

/** Of a computer with a limit of time: only when that matters. `idle`: nothing was done; `total`: in all. */
export const timeNoticeSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ending'),
    why: z.enum(['idle', 'total']),
    /** From now on: the two clocks need not agree. */
    endsInMs: z.number().nonnegative(),
    extendable: z.boolean(),
  }),
  /** The computer was put away. Progress is kept; opening a lesson gives a fresh one. */
  z.object({ state: z.literal('ended'), why: z.enum(['idle', 'total']) }),
]);
export type TimeNotice = z.infer<typeof timeNoticeSchema>;

/** Something that takes space, by its own name: plain text of the learner's world. */
export const largeThingSchema = z.object({
  /** `untagged`: all images without a name; `build-cache`: all of it. Neither has a name here. */
  kind: z.enum(['image', 'untagged', 'container', 'volume', 'build-cache', 'file', 'folder']),
  name: z.string(),
  /** Bytes; of a folder the number of files in it. */
  size: z.number(),
});
export type LargeThing = z.infer<typeof largeThingSchema>;

/** Of the learner's disk. */
export const spaceSchema = z.object({
  state: z.enum(['enough', 'low', 'full']),
  /** What is nearer its end: bytes, or the number of files. */
  short: z.enum(['bytes', 'files']),
  /** Of what is short. */
  percent: z.number().min(0),
  usedBytes: z.number(),
  limitBytes: z.number(),
  /** False where only measuring tells: then more can be written than fits. */
  held: z.boolean(),
  /** The largest first; none while there is enough. */
  largest: z.array(largeThingSchema),
});
export type Space = z.infer<typeof spaceSchema>;

/**
 * Of a computer that stopped by itself. `restarting`: with all that is on its disk; `restarted`: so it is; `replaced`: by a
 * fresh one.
 */
export const mishapSchema = z.enum(['restarting', 'restarted', 'replaced']);
export type Mishap = z.infer<typeof mishapSchema>;

export const sessionSchema = z.object({
  /** The lesson whose set-up the sandbox has and whose current step is checked. */
  lesson: slugSchema.nullable(),
  progress: z.record(z.string(), lessonProgressSchema),
  /** Of the open lesson. */
  setup: setupSchema,
  /** The newest verdict on the open lesson's steps. */
  verdict: verdictSchema.nullable(),
  time: timeNoticeSchema.nullable(),
  /** Null until it is known. */
  space: spaceSchema.nullable(),
  /** Those that are open, in the order of their opening; none without a computer. */
  terminals: z.array(z.int().nonnegative()),
  mishap: mishapSchema.nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

export const openedSchema = z.object({ terminal: z.int().positive(), session: sessionSchema });

/** What came of an answer: each wrong choice says why. */
export const quizResultSchema = z.object({ right: z.boolean(), html: z.string(), session: sessionSchema });
export type QuizResult = z.infer<typeof quizResultSchema>;

/** What a verdict rests on. All texts come from the learner's world: plain text. */
export const evidenceSchema = z.object({
  atMs: z.number(),
  verdict: z.enum(['pass', 'fail', 'error']),
  message: z.string(),
  /** The last one; its exit code is null where it still ran. */
  command: z.object({ line: z.string(), exitCode: z.number().nullable(), output: z.string() }).nullable(),
  /** What engine, registries and files were asked, and what they said. */
  facts: z.array(z.object({ asked: z.string(), answer: z.string() })),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const reportSchema = z.strictObject({ note: z.string().max(1000).default('') });

export const infoSchema = z.object({
  version: z.string(),
  /** True where Docker Hub's images are stand-ins built on this machine. */
  offlineImages: z.boolean(),
  /** True while Docker Hub gives this server no new images: then only those that it has can be pulled. */
  hubLimited: z.boolean(),
  /** What of the own lessons of whoever runs this server is not offered, and why. Plain text. */
  leftOut: z.array(z.object({ file: z.string(), line: z.int(), message: z.string() })),
});
export type Info = z.infer<typeof infoSchema>;

/** Body of every HTTP error answer. */
export const problemSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), next: z.string() }),
});
export type Problem = z.infer<typeof problemSchema>;
