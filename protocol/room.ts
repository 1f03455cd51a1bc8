// What a learner and their teachers say to each other during a class: raised hands, and what the learner's page is told of the room.

import { z } from 'zod';
import { plainTextSchema } from './classroom.ts';
import { slugSchema } from './lesson.ts';
import { MAX_TERMINALS } from './limits.ts';

export const MAX_HAND_CHARACTERS = 200;

export const raiseSchema = z
  .strictObject({ words: plainTextSchema(MAX_HAND_CHARACTERS) })
  .meta({ id: 'Raise', description: 'A sentence: what one is stuck at.' });

export const ownHandSchema = z
  .object({
    words: z.string(),
    place: z.int().positive().describe('Among those of the class that nobody has taken yet; 1 is the next.'),
    waitMs: z.number().nonnegative().nullable().describe('About; null where nothing is known yet.'),
    takenBy: z.string().nullable().describe('The name of the teacher or assistant who comes; null while nobody does.'),
  })
  .meta({ id: 'OwnHand' });
export type OwnHand = z.infer<typeof ownHandSchema>;

export const MAX_HELP_CHARACTERS = 500;

const helpKind = z.enum(['hint', 'command', 'link']);
const doneKind = z.enum(['restart', 'step', 'extend']);

export const helpSentSchema = z
  .strictObject({ kind: helpKind, text: plainTextSchema(MAX_HELP_CHARACTERS) })
  .refine(
    ({ kind, text }) => kind !== 'link' || /^https?:\/\/\S+$/.test(text),
    'a link begins with http:// or https://',
  )
  .meta({ id: 'HelpSent', description: 'One line of plain text; of a `link` its address.' });
export type HelpSent = z.infer<typeof helpSentSchema>;

export const helpItemSchema = z
  .object({
    id: z.string(),
    from: z.string().describe('The name of whoever sent it.'),
    kind: z.union([helpKind, doneKind]),
    text: z
      .string()
      .describe('What was sent; else the title of the lesson that was begun anew, or of the step. Plain text.'),
  })
  .meta({
    id: 'HelpItem',
    description: 'Sent, or done for the learner. A command is put into the terminal only when the learner says so.',
  });
export type HelpItem = z.infer<typeof helpItemSchema>;

export const keyboardSchema = z
  .object({
    ask: z.string().describe('Names this request.'),
    by: z.string().describe('The name of whoever asks, or types.'),
    allowed: z.boolean().describe('True while they type.'),
  })
  .meta({ id: 'Keyboard', description: 'A request to type in a learner’s terminal.' });
export type Keyboard = z.infer<typeof keyboardSchema>;

export const broadcastBeginSchema = z
  .strictObject({
    terminal: z
      .int()
      .min(0)
      .max(MAX_TERMINALS - 1)
      .nullable()
      .describe('Which one of the dry run; null for the one that was used last.'),
  })
  .meta({ id: 'BroadcastBegin' });

export const broadcastSchema = z
  .object({
    id: z.string().describe('Names this one: another terminal is another broadcast.'),
    by: z.string().describe('The name of whoever shows their terminal.'),
    watching: z.int().nonnegative().nullable().describe('How many have it open; null to a learner.'),
  })
  .meta({ id: 'Broadcast', description: 'A terminal that a teacher or assistant shows to the class.' });
export type Broadcast = z.infer<typeof broadcastSchema>;

export const roomMessageSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('room'),
      hand: ownHandSchema.nullable(),
      watchers: z.array(z.string()).describe('Names of those who look on at a terminal of theirs.'),
      help: z.array(helpItemSchema),
      keyboard: keyboardSchema.nullable().describe('Null while nobody asks and nobody else types.'),
      pausedBy: z
        .string()
        .nullable()
        .describe(
          'The name of whoever paused the class: nothing is typed, and no step changes. Null while it goes on.',
        ),
    })
    .describe('At once, and whenever it changes: how it is for this learner.'),
  z
    .object({ type: z.literal('open-lessons'), lessons: z.array(slugSchema) })
    .describe('At once, and whenever it changes: the lessons of the class that its learners may begin now.'),
  z
    .object({ type: z.literal('broadcast'), broadcast: broadcastSchema.nullable() })
    .describe('At once, and whenever it changes: the terminal that the class is shown; null while there is none.'),
  z.object({ type: z.literal('pong') }).describe('To a `ping`.'),
]);
export type RoomMessage = z.infer<typeof roomMessageSchema>;

export const roomClientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping') }).describe('Asks for a `pong`.'),
]);
