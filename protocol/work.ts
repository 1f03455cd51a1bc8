// What a teacher sees of one learner's work: the commands that were typed, and the tries that checks judged.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';

const atMs = z.number().describe('Since 1970, on the clock of the server.');

/** The newest ones. */
export const MOST_COMMANDS = 200;
export const MOST_ATTEMPTS = 100;

export const keptCommandSchema = z
  .object({
    line: z.string().describe('As typed, without passwords; of a long one the beginning.'),
    exitCode: z.int(),
    startedMs: atMs,
    endedMs: atMs,
  })
  .meta({ id: 'KeptCommand', description: 'A command of the learner that has ended.' });
export type KeptCommand = z.infer<typeof keptCommandSchema>;

export const attemptSchema = z
  .object({
    id: z.int(),
    lesson: slugSchema,
    step: slugSchema,
    atMs,
    verdict: z.enum(['pass', 'fail', 'error']),
    message: z.string().describe('Plain text with `code` in backticks.'),
    command: z.string().nullable().describe('The last one before it, without passwords; of a long one the beginning.'),
  })
  .meta({ id: 'Attempt', description: "What a check said of a learner's work." });
export type Attempt = z.infer<typeof attemptSchema>;

export const learnerWorkSchema = z
  .object({
    commands: z.array(keptCommandSchema).describe('The newest first.'),
    attempts: z.array(attemptSchema).describe('The newest first.'),
  })
  .meta({ id: 'LearnerWork', description: "All texts come from the learner's world: plain text." });
export type LearnerWork = z.infer<typeof learnerWorkSchema>;
