// A learner's run as the page sees it; the server sends it whole whenever it changes.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';

export const stepMarkSchema = z.enum(['passed', 'skipped']).meta({
  id: 'StepMark',
  description:
    "What the learner did with a step. A step that is neither is `todo`, or `current` where it is the lesson's current one.",
});

export const verdictSchema = z
  .object({
    step: slugSchema,
    state: z.enum(['checking', 'pass', 'fail', 'error']).describe("`fail` is the learner's, `error` is ours."),
    message: z.string().describe('Plain text; `code` stands in backticks. Empty while checking.'),
    command: z
      .string()
      .nullable()
      .describe("The learner's last command before it, as typed; null where there was none."),
  })
  .meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof verdictSchema>;

export const setupSchema = z
  .discriminatedUnion('state', [
    z
      .object({
        state: z.literal('waiting'),
        place: z.int().min(1).describe('1 is the next.'),
        waitMs: z.number().nonnegative().nullable().describe('About; null where nothing is known yet.'),
        why: z
          .enum(['full', 'memory', 'disk', 'busy', 'starting', 'trouble'])
          .describe(
            'All are in use, the server is short of something, they are being started, or that fails and is tried again.',
          ),
      })
      .describe(
        'There is no computer yet: the learner stands in line. Its place is kept while a page is connected, and a minute longer.',
      ),
    z.object({ state: z.literal('running'), doing: z.string() }),
    z.object({ state: z.literal('ready') }),
    z.object({ state: z.literal('failed'), message: z.string() }),
  ])
  .meta({ id: 'Setup' });
export type Setup = z.infer<typeof setupSchema>;

export const lessonProgressSchema = z
  .object({
    marks: z.record(z.string(), stepMarkSchema),
    current: slugSchema.nullable().describe('The step being worked on; null when every step is passed or skipped.'),
    checked: z
      .array(slugSchema)
      .describe('Steps whose checks have passed; such a step is passed once its quizzes are answered right, too.'),
    quizzes: z
      .record(z.string(), z.array(z.boolean()))
      .describe('By step: which of its quizzes were answered right. A step that is missing has none yet.'),
    hints: z
      .record(z.string(), z.array(z.int().nonnegative()))
      .describe('By step: indexes of the hints that were taken, in their order.'),
    shown: z.array(slugSchema).describe('Steps whose solution was typed by `show me`.'),
  })
  .meta({ id: 'LessonProgress' });
export type LessonProgress = z.infer<typeof lessonProgressSchema>;

export const timeNoticeSchema = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('ending'),
      why: z.enum(['idle', 'total']),
      endsInMs: z.number().nonnegative().describe('From now on: the two clocks need not agree.'),
      extendable: z.boolean(),
    }),
    z
      .object({ state: z.literal('ended'), why: z.enum(['idle', 'total']) })
      .describe('The computer was put away. Progress is kept; opening a lesson gives a fresh one.'),
  ])
  .meta({
    id: 'TimeNotice',
    description:
      'Of a computer with a limit of time: only when that matters. `idle`: nothing was done; `total`: in all.',
  });
export type TimeNotice = z.infer<typeof timeNoticeSchema>;

export const largeThingSchema = z
  .object({
    kind: z
      .enum(['image', 'untagged', 'container', 'volume', 'build-cache', 'file', 'folder'])
      .describe('`untagged`: all images without a name; `build-cache`: all of it. Neither has a name here.'),
    name: z.string(),
    size: z.number().describe('Bytes; of a folder the number of files in it.'),
  })
  .meta({
    id: 'LargeThing',
    description: "Something that takes space, by its own name: plain text of the learner's world.",
  });
export type LargeThing = z.infer<typeof largeThingSchema>;

export const spaceSchema = z
  .object({
    state: z.enum(['enough', 'low', 'full']),
    short: z.enum(['bytes', 'files']).describe('What is nearer its end: bytes, or the number of files.'),
    percent: z.number().min(0).describe('Of what is short.'),
    usedBytes: z.number(),
    limitBytes: z.number(),
    held: z.boolean().describe('False where only measuring tells: then more can be written than fits.'),
    largest: z.array(largeThingSchema).describe('The largest first; none while there is enough.'),
  })
  .meta({ id: 'Space', description: "Of the learner's disk." });
export type Space = z.infer<typeof spaceSchema>;

export const mishapSchema = z.enum(['restarting', 'restarted', 'replaced', 'engine-restarted']).meta({
  id: 'Mishap',
  description:
    'Of a computer that stopped by itself. `restarting`: with all that is on its disk; `restarted`: so it is; `replaced`: by a fresh one; `engine-restarted`: only its Docker Engine had ended.',
});
export type Mishap = z.infer<typeof mishapSchema>;

export const sessionSchema = z
  .object({
    lesson: slugSchema
      .nullable()
      .describe('The lesson whose set-up the sandbox has and whose current step is checked.'),
    progress: z.record(z.string(), lessonProgressSchema),
    setup: setupSchema.describe('Of the open lesson.'),
    verdict: verdictSchema.nullable().describe("The newest verdict on the open lesson's steps."),
    time: timeNoticeSchema.nullable(),
    space: spaceSchema.nullable().describe('Null until it is known.'),
    terminals: z
      .array(z.int().nonnegative())
      .describe('Those that are open, in the order of their opening; none without a computer.'),
    mishap: mishapSchema.nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

export const openedSchema = z.object({ terminal: z.int().positive(), session: sessionSchema }).meta({ id: 'Opened' });

export const quizResultSchema = z
  .object({ right: z.boolean(), html: z.string(), session: sessionSchema })
  .meta({ id: 'QuizResult', description: 'What came of an answer: each wrong choice says why.' });
export type QuizResult = z.infer<typeof quizResultSchema>;

export const evidenceSchema = z
  .object({
    atMs: z.number(),
    verdict: z.enum(['pass', 'fail', 'error']),
    message: z.string(),
    command: z
      .object({ line: z.string(), exitCode: z.number().nullable(), output: z.string() })
      .nullable()
      .describe('The last one; its exit code is null where it still ran.'),
    facts: z
      .array(z.object({ asked: z.string(), answer: z.string() }))
      .describe('What engine, registries and files were asked, and what they said.'),
  })
  .meta({
    id: 'Evidence',
    description: "What a verdict rests on. All texts come from the learner's world: plain text.",
  });
export type Evidence = z.infer<typeof evidenceSchema>;

export const doneStepSchema = z
  .object({
    step: slugSchema,
    atMs: z.number(),
    command: z.string().nullable().describe('The one before the pass, as typed.'),
    digests: z.array(z.string()).describe('Of what it printed, or of what was seen where it printed none; each once.'),
  })
  .meta({
    id: 'DoneStep',
    description: "What a step was passed with. All texts come from the learner's world: plain text.",
  });
export type DoneStep = z.infer<typeof doneStepSchema>;

export const openSchema = z
  .strictObject({
    drawing: z
      .boolean()
      .default(false)
      .describe(
        'By a page that is being drawn, on processors that its computer needs, too: the set-up waits until its first `map` message, 2 s at most.',
      ),
  })
  .meta({ id: 'Open' });
export const reportSchema = z.strictObject({ note: z.string().max(1000).default('') }).meta({ id: 'Report' });

export const infoSchema = z
  .object({
    version: z.string(),
    offlineImages: z.boolean().describe("True where Docker Hub's images are stand-ins built on this machine."),
    hubLimited: z
      .boolean()
      .describe('True while Docker Hub gives this server no new images: then only those that it has can be pulled.'),
    leftOut: z
      .array(z.object({ file: z.string(), line: z.int(), message: z.string() }))
      .describe('What of the own lessons of whoever runs this server is not offered, and why. Plain text.'),
  })
  .meta({ id: 'Info' });
export type Info = z.infer<typeof infoSchema>;

export const problemSchema = z
  .object({
    error: z.object({ code: z.string(), message: z.string(), next: z.string() }),
  })
  .meta({ id: 'Problem', description: 'Body of every HTTP error answer.' });
export type Problem = z.infer<typeof problemSchema>;
