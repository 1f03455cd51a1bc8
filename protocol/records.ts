// What lasts of a learner's work: their own record, the report of a class, and certificates that can be verified.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';
import { stepMarkSchema } from './session.ts';

const count = z.int().nonnegative();
const atMs = z.number().nullable();

export const stepRecordSchema = z
  .object({
    step: slugSchema,
    title: z.string(),
    mark: stepMarkSchema.nullable(),
    markedMs: atMs,
    workedMs: z
      .number()
      .nullable()
      .describe('From the beginning of the step to its mark; begun anew by who comes back after ten minutes away.'),
    failedTries: count,
    hints: count,
    shown: z.boolean(),
    quizTries: count,
    quizRight: count.describe('Of its quizzes.'),
  })
  .meta({ id: 'StepRecord' });

export const lessonRecordSchema = z
  .object({
    lesson: slugSchema,
    title: z.string(),
    steps: count,
    passed: count,
    skipped: count,
    begunMs: atMs,
    finishedMs: atMs.describe('When the last step got its mark; null while one has none.'),
    workedMs: z.number(),
    failedTries: count,
    hints: count,
    shown: count,
    quizTries: count,
    quizRight: count,
    eachStep: z.array(stepRecordSchema),
  })
  .meta({ id: 'LessonRecord' });
export type LessonRecord = z.infer<typeof lessonRecordSchema>;

export const certificateSchema = z
  .object({
    id: z.string(),
    name: z.string().describe('As it was when the certificate was made.'),
    lessons: z.array(z.string()).describe('Titles of those that were done.'),
    madeMs: z.number(),
  })
  .meta({ id: 'Certificate' });
export type Certificate = z.infer<typeof certificateSchema>;

export const ownRecordSchema = z
  .object({ lessons: z.array(lessonRecordSchema), certificates: z.array(certificateSchema) })
  .meta({ id: 'OwnRecord' });
export type OwnRecord = z.infer<typeof ownRecordSchema>;

export const privacySchema = z
  .object({
    retentionDays: z
      .int()
      .nonnegative()
      .describe('A learner who does not come for so long is erased; 0: nobody is by time alone.'),
    completionsTo: z.string().nullable().describe('Where it is told that a learner has completed something.'),
  })
  .meta({ id: 'Privacy' });
export type Privacy = z.infer<typeof privacySchema>;

export const classReportSchema = z
  .object({
    class: z.string(),
    learners: z.array(z.object({ id: z.string(), name: z.string(), lessons: z.array(lessonRecordSchema) })),
  })
  .meta({ id: 'ClassReport' });
export type ClassReport = z.infer<typeof classReportSchema>;

/** How many learners, where that tells nothing of one or two of them. */
const few = count.nullable().describe('Null where it would be one or two: that tells of people.');

export const classOverviewSchema = z
  .object({
    class: z.string(),
    madeMs: z.number(),
    learners: z.object({
      listed: count.describe('All of the class.'),
      came: few,
      recent: few.describe('Were here within the last seven days.'),
      done: few.describe('Have a mark for each step of all lessons.'),
    }),
    lessons: z.array(
      z.object({
        lesson: slugSchema,
        title: z.string(),
        steps: count,
        begun: few,
        finished: few,
        workedMs: z
          .number()
          .nullable()
          .describe('The median of those who have finished it; null where they are fewer than three.'),
      }),
    ),
  })
  .meta({ id: 'ClassOverview' });
export type ClassOverview = z.infer<typeof classOverviewSchema>;

export const sharedOverviewSchema = z
  .object({
    overview: classOverviewSchema,
    path: z.string().describe('Of the page that shows it to whoever has this link, until the class gets another code.'),
  })
  .meta({ id: 'SharedOverview' });
export type SharedOverview = z.infer<typeof sharedOverviewSchema>;
