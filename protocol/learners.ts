// The learners of a class as those see them who teach it: who they are, how far they are, and the list of names to begin with.

import { z } from 'zod';
import { personNameSchema } from './classroom.ts';
import { slugSchema } from './lesson.ts';

export const classLearnerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    cameMs: z.number().nullable().describe('Null until they came for the first time.'),
    seenMs: z.number().nullable(),
    lesson: slugSchema.nullable().describe('The open one.'),
    passed: z.record(z.string(), z.int()).describe('By lesson: steps that are passed.'),
    skipped: z.record(z.string(), z.int()),
  })
  .meta({ id: 'ClassLearner' });
export type ClassLearner = z.infer<typeof classLearnerSchema>;

export const MAX_LISTED_NAMES = 300;

export const nameListSchema = z
  .strictObject({ names: z.array(z.string().max(600)).min(1).max(MAX_LISTED_NAMES) })
  .meta({ id: 'NameList', description: 'Each is checked by itself: one that cannot be taken keeps out no other.' });

export const listedSchema = z
  .object({
    added: z.array(z.object({ name: z.string(), returnPath: z.string() })),
    refused: z.array(
      z.object({
        name: z.string(),
        why: z.enum(['no-name', 'taken']).describe('`no-name`: not plain text of the length of a name.'),
      }),
    ),
  })
  .meta({ id: 'Listed', description: 'Whoever has a return link is that learner: it is for them alone.' });
export type Listed = z.infer<typeof listedSchema>;

export const learnerChangeSchema = z.strictObject({ name: personNameSchema }).meta({ id: 'LearnerChange' });

export const returnLinkSchema = z.object({ returnPath: z.string() }).meta({ id: 'ReturnLink' });
