// The wall of a class: how each learner stands, pushed to teachers and assistants over a WebSocket of its own.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';
import { broadcastSchema, keyboardSchema } from './room.ts';
import { stepMarkSchema } from './session.ts';

const count = z.int().nonnegative();
const atMs = z.number().describe('Since 1970, on the clock of the server.');

export const wallStepSchema = z
  .object({
    mark: stepMarkSchema.nullable(),
    tookMs: z.number().nonnegative().nullable().describe('Until the mark; null where it has none or was not timed.'),
    tries: count.describe('Those that failed.'),
  })
  .meta({ id: 'WallStep' });

export const handSchema = z
  .object({
    words: z.string(),
    raisedMs: atMs,
    takenBy: z.string().nullable().describe('The name of whoever comes; null while nobody does.'),
  })
  .meta({ id: 'Hand' });

export const wallReportSchema = z
  .object({
    id: z.int(),
    learner: z.string(),
    lesson: slugSchema,
    step: slugSchema,
    atMs,
    note: z.string(),
    said: z.string().describe('What the check had told.'),
    command: z.string().nullable(),
  })
  .meta({ id: 'WallReport', description: "'This check is wrong.' Texts come from the learner's world: plain text." });
export type WallReport = z.infer<typeof wallReportSchema>;

export const wallLearnerSchema = z
  .object({
    name: z.string(),
    came: z.boolean().describe('False for a name of a list that nobody has joined with yet.'),
    connected: z.boolean().describe('Whether a page of theirs is open.'),
    activeMs: atMs
      .nullable()
      .describe('When they did something last, to within a few seconds; null where nothing is known.'),
    lesson: slugSchema.nullable().describe('The open one.'),
    step: slugSchema.nullable().describe('The current one of the open lesson; null where all have a mark.'),
    sinceMs: atMs
      .nullable()
      .describe(
        'When they began that step, or came back to it after more than ten minutes away; null while it is prepared.',
      ),
    tries: count.describe('At the current step: those that failed.'),
    diagnosis: z
      .string()
      .nullable()
      .describe('What the last failed one was told. Plain text with `code` in backticks.'),
    setup: z.enum(['waiting', 'running', 'ready', 'failed']).nullable().describe('Null where nothing was begun.'),
    hand: handSchema.nullable(),
    keyboard: keyboardSchema.nullable().describe('Null while nobody asks and nobody else types.'),
    steps: z
      .record(slugSchema, z.record(slugSchema, wallStepSchema))
      .describe('By lesson and step: those that were begun, of the lessons of the class.'),
  })
  .meta({ id: 'WallLearner', description: "How a learner stands. Texts come from the learner's world: plain text." });
export type WallLearner = z.infer<typeof wallLearnerSchema>;

export const toStartSchema = z
  .strictObject({ lesson: slugSchema })
  .meta({ id: 'ToStart', description: 'The lesson that is open, as far as the teacher knows.' });
export type ToStart = z.infer<typeof toStartSchema>;

export const toStepSchema = z
  .strictObject({ lesson: slugSchema, step: slugSchema })
  .meta({ id: 'ToStep', description: 'A step of the lesson that is open, as far as the teacher knows.' });
export type ToStep = z.infer<typeof toStepSchema>;

export const wallLessonSchema = z
  .object({
    slug: slugSchema,
    title: z.string(),
    steps: z.array(z.object({ id: slugSchema, title: z.string() })),
  })
  .meta({ id: 'WallLesson' });
export type WallLesson = z.infer<typeof wallLessonSchema>;

export const wallMessageSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('wall'),
      nowMs: atMs,
      name: z.string().describe('Of the class.'),
      pausedBy: z.string().nullable().describe('The name of whoever paused it; null while it goes on.'),
      lessons: z.array(wallLessonSchema),
      learners: z.record(z.string(), wallLearnerSchema),
    })
    .describe('All of it, in place of any before.'),
  z
    .object({
      type: z.literal('wall-change'),
      nowMs: atMs,
      learners: z
        .record(z.string(), wallLearnerSchema.nullable())
        .describe('Null for one who is no longer in the class.'),
    })
    .describe('Those for whom something has changed.'),
  z
    .object({ type: z.literal('wall-lines'), lines: z.record(z.string(), z.array(z.string())) })
    .describe(
      'By learner: the last lines of the terminal that they used last, as text. At most twice a second for each.',
    ),
  z
    .object({ type: z.literal('wall-reports'), reports: z.array(wallReportSchema) })
    .describe("What the class's learners have reported as wrong, the newest first."),
  z
    .object({ type: z.literal('wall-broadcast'), broadcast: broadcastSchema.nullable() })
    .describe('At once, and whenever it changes: the terminal that the class is shown; null while there is none.'),
  z.object({ type: z.literal('pong') }).describe('To a `ping`.'),
]);
export type WallMessage = z.infer<typeof wallMessageSchema>;

export const wallClientMessageSchema = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('lines'), shown: z.boolean() })
    .describe('From now on the page shows the last lines of the terminals, or no longer does.'),
  z.strictObject({ type: z.literal('ping') }).describe('Asks for a `pong`.'),
]);
