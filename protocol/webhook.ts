// What a completion webhook carries to whoever keeps records elsewhere, and what a class's page shows of it.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';

const count = z.int().nonnegative();

export const completionSchema = z
  .strictObject({
    id: z.string().describe('The same each time that this completion is sent: who has had it leaves it out.'),
    event: z
      .enum(['lesson.completed', 'class.completed'])
      .describe(
        'Every step of the lesson was passed; every step of all lessons of the class. Once for each learner and lesson.',
      ),
    at: z.iso.datetime().describe('When the last step was passed.'),
    class: z.strictObject({ id: z.int(), name: z.string() }),
    learner: z.strictObject({
      id: z.string().describe('Stays through a rename.'),
      name: z.string().describe('As the learner gave it: not verified, plain text.'),
    }),
    lesson: z
      .strictObject({ slug: slugSchema, title: z.string().describe('English.') })
      .nullable()
      .describe('Null of a class.'),
    steps: count,
    workedSeconds: count,
    failedTries: count,
    hints: count,
    solutionsShown: count.describe('Steps that _Show me_ has typed.'),
  })
  .meta({ id: 'Completion', description: 'What a completion webhook is sent, as JSON. Times are UTC.' });
export type Completion = z.infer<typeof completionSchema>;

export const webhookSchema = z
  .object({
    origin: z.string().nullable().describe('Where it is sent; null where whoever runs the server has set no webhook.'),
    delivered: count,
    waiting: count.describe('To be sent, or tried again.'),
    failed: count.describe('Given up.'),
    trouble: z.string().nullable().describe('Of what waits or was given up: why the newest try failed.'),
  })
  .meta({ id: 'Webhook', description: 'How the completions of a class are told elsewhere.' });
export type Webhook = z.infer<typeof webhookSchema>;
