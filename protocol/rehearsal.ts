// A rehearsal: real headless learners take a lesson of a class before the day, and what the machine made of it.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';

const count = z.int().nonnegative();
const bytes = z.number().nonnegative().nullable();

/** Of the setting for the most sandboxes. */
const MOST_LEARNERS = 1_000;

export const rehearsalAskSchema = z
  .strictObject({
    learners: z.int().positive().max(MOST_LEARNERS),
    lesson: slugSchema.optional().describe('Of the class; the first one that has steps where none is said.'),
    besideLearners: z.literal(true).optional().describe('Also while learners are at work.'),
  })
  .meta({ id: 'RehearsalAsk' });
export type RehearsalAsk = z.infer<typeof rehearsalAskSchema>;

export const rehearsalReasonSchema = z
  .enum(['computers', 'lost', 'steps', 'verdicts', 'wait', 'memory', 'disk', 'processors'])
  .meta({
    id: 'RehearsalReason',
    description:
      'What speaks against so many: some got no computer, or lost theirs; steps did not pass; verdicts were slow; the last one waited long; free memory or disk came near its limit; processors were waited for.',
  });
export type RehearsalReason = z.infer<typeof rehearsalReasonSchema>;

const levels = z.object({ memoryBytes: bytes, diskBytes: bytes });

export const rehearsalSchema = z
  .object({
    state: z
      .enum(['running', 'done', 'stopped', 'broken-off'])
      .describe('`broken-off`: the server ended in the middle of it; only what was asked is known then.'),
    stoppedFor: z.enum(['teacher', 'learner']).nullable().describe('Who asked for its end, or needed the place.'),
    lesson: slugSchema,
    learners: count,
    startedMs: z.number(),
    endedMs: z.number().nullable(),
    inUse: count.describe('Computers that learners had already when it began.'),
    got: count.describe('Have got a computer, ready for the lesson.'),
    waitMs: z
      .object({ first: z.number(), median: z.number(), last: z.number() })
      .nullable()
      .describe('Until it was ready; all came in the same moment.'),
    short: z
      .enum(['full', 'memory', 'disk', 'busy', 'starting', 'trouble'])
      .nullable()
      .describe('Why somebody got none, or has none yet.'),
    lost: count.describe('Computers that went in the middle.'),
    commands: z.object({ tried: count, succeeded: count.describe('Ended with exit code 0.') }),
    steps: z.object({ tried: count, passed: count }),
    verdictMs: z
      .object({ p50: z.number(), p95: z.number() })
      .nullable()
      .describe("From the end of a step's last command until its checks had passed."),
    before: levels.describe('Free when it began.'),
    lowest: levels.describe('The least that was seen free.'),
    kept: z.object({ memoryBytes: z.number(), diskBytes: z.number() }).describe('Below this nobody gets a computer.'),
    pressure: z
      .number()
      .nullable()
      .describe('How much of the time somebody waited for a processor while they worked, 0 to 1; the median.'),
    judgement: z
      .object({
        fits: z.enum(['yes', 'tight', 'no']),
        most: count.nullable().describe('About so many, where these are too many.'),
        reasons: z.array(rehearsalReasonSchema),
      })
      .nullable()
      .describe('Null of one that did not come to its end.'),
  })
  .meta({ id: 'Rehearsal', description: 'Sizes in bytes, times in ms.' });
export type Rehearsal = z.infer<typeof rehearsalSchema>;

export const rehearsalViewSchema = z
  .object({
    most: count.describe('Learners that a rehearsal may have: the setting for the most sandboxes.'),
    atWork: count.describe('Learners who have a computer and a page open now, in all classes.'),
    elsewhere: z.boolean().describe('A rehearsal of another class is on.'),
    last: rehearsalSchema.nullable().describe('The newest of this class.'),
  })
  .meta({ id: 'RehearsalView' });
export type RehearsalView = z.infer<typeof rehearsalViewSchema>;
