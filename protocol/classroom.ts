// Who is who where a teacher has a room: roles, joining and signing in, and what a page is told of its own person.

import { z } from 'zod';
import { slugSchema } from './lesson.ts';

export const roleSchema = z.enum(['learner', 'assistant', 'teacher']).meta({
  id: 'Role',
  description: 'An assistant sees and helps a class as its teacher does, and changes neither classes nor people.',
});
export type Role = z.infer<typeof roleSchema>;

/** Letters of no language are left out; what steers a screen or turns the direction of a line is no letter. */
const SHOWN = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u;

export const MAX_NAME_CHARACTERS = 60;

/** One line that is shown as it is. */
export const plainTextSchema = (most: number) =>
  z
    .string()
    .max(10 * most)
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1).max(most).regex(SHOWN));

export const personNameSchema = plainTextSchema(MAX_NAME_CHARACTERS).meta({
  id: 'PersonName',
  description: `Plain text of 1 to ${MAX_NAME_CHARACTERS} characters.`,
});

/** Read out, written on a board, typed on a phone: no vowels, so no words; nothing that looks like something else. */
export const CODE_LETTERS = '23456789BCDFGHJKMNPQRSTVWXZ';
export const CODE_LENGTH = 8;

export const joinCodeSchema = z
  .string()
  .max(40)
  .transform((code) => code.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(new RegExp(`^[${CODE_LETTERS}]{${CODE_LENGTH}}$`)))
  .meta({ id: 'JoinCode', description: 'Small letters, spaces and hyphens do not matter.' });

export const joinSchema = z.strictObject({ code: joinCodeSchema, name: personNameSchema }).meta({ id: 'Join' });

export const MIN_PASSWORD_CHARACTERS = 10;
export const MAX_PASSWORD_CHARACTERS = 200;

const password = z.string().min(MIN_PASSWORD_CHARACTERS).max(MAX_PASSWORD_CHARACTERS);

export const signInSchema = z
  .strictObject({ name: personNameSchema, password: z.string().max(MAX_PASSWORD_CHARACTERS) })
  .meta({ id: 'SignIn' });

export const newPasswordSchema = z
  .strictObject({ name: personNameSchema, password })
  .meta({ id: 'NewPassword', description: 'The name under which one signs in from now on, and the password.' });

export const linkTokenSchema = z
  .strictObject({ token: z.string().max(200) })
  .meta({ id: 'LinkToken', description: 'What stands at the end of a sign-in link or a return link.' });

export const meSchema = z
  .object({
    role: roleSchema,
    name: z.string(),
    needsPassword: z.boolean().describe('Came by a sign-in link, and has none yet.'),
    class: z.object({ id: z.int(), name: z.string() }).nullable().describe("A learner's."),
    dryRun: z
      .object({ id: z.int(), name: z.string() })
      .nullable()
      .describe('The class that a teacher or assistant tries now as a learner does.'),
    returnPath: z
      .string()
      .nullable()
      .describe('Of a learner: the path at which they are themselves again, on any device.'),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const hereSchema = z
  .object({
    classroom: z
      .boolean()
      .describe('False where a learner is alone at this server, and nobody has to say who they are.'),
    me: meSchema.nullable().describe('Null where nobody has said.'),
  })
  .meta({ id: 'Here' });
export type Here = z.infer<typeof hereSchema>;

const staffRole = z.enum(['assistant', 'teacher']);

export const invitationSchema = z.strictObject({ role: staffRole, name: personNameSchema }).meta({ id: 'Invitation' });

export const staffSchema = z
  .object({
    id: z.string(),
    role: staffRole,
    name: z.string(),
    came: z.boolean().describe('False while the sign-in link was not used.'),
  })
  .meta({ id: 'Staff' });
export type Staff = z.infer<typeof staffSchema>;

export const invitedSchema = staffSchema
  .extend({ signInPath: z.string().describe('Works once, within a week. It is told only now.') })
  .meta({ id: 'Invited' });
export type Invited = z.infer<typeof invitedSchema>;

export const classStateSchema = z.enum(['draft', 'open', 'closed', 'archived']).meta({
  id: 'ClassState',
  description:
    '`draft`: nobody joins yet; `open`: learners join and work; `closed`: nobody joins, those who did go on; `archived`: to look at only.',
});
export type ClassState = z.infer<typeof classStateSchema>;

/** What a teacher may make of a class. An archived one is there to look at: it comes back by being closed first. */
export const NEXT_STATES: Record<ClassState, readonly ClassState[]> = {
  draft: ['open', 'archived'],
  open: ['closed'],
  closed: ['open', 'archived'],
  archived: ['closed'],
};

const className = personNameSchema.meta({ id: 'ClassName' });
const lessonsOfClass = z
  .array(slugSchema)
  .min(1)
  .max(200)
  .refine((slugs) => new Set(slugs).size === slugs.length, 'each lesson once')
  .meta({ id: 'LessonsOfClass', description: 'In the order in which they are taught.' });

export const paceSchema = z.enum(['free', 'teacher']).meta({
  id: 'Pace',
  description: '`free`: all lessons of the class at once; `teacher`: those that the teacher has opened.',
});

export const newClassSchema = z.strictObject({ name: className, lessons: lessonsOfClass }).meta({ id: 'NewClass' });

export const classChangeSchema = z
  .strictObject({
    name: className.optional(),
    lessons: lessonsOfClass.optional(),
    state: classStateSchema.optional(),
    pace: paceSchema.optional(),
    opened: z.array(slugSchema).max(200).optional().describe('Where the teacher opens them: all that are open now.'),
    newCode: z.literal(true).optional().describe('The code of before is void.'),
  })
  .meta({ id: 'ClassChange' });
export type ClassChange = z.infer<typeof classChangeSchema>;

export const classSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    state: classStateSchema,
    code: z.string().describe('As it is written on a board: two groups of four.'),
    lessons: z.array(slugSchema),
    pace: paceSchema,
    opened: z.array(slugSchema).describe('Lessons that the teacher has opened; of no effect at a free pace.'),
    pausedBy: z.string().nullable().describe('The name of whoever paused it; null while it goes on.'),
    learners: z.int().nonnegative(),
    createdMs: z.number(),
  })
  .meta({ id: 'Class' });
export type Class = z.infer<typeof classSchema>;
