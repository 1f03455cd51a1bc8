// What the document of a lesson brings along, so that the page shows it without asking for anything.

import { z } from 'zod';
import { lessonSchema } from './lesson.ts';
import { sessionSchema } from './session.ts';

/** Of the element that holds it, as JSON. */
export const BROUGHT_ID = 'brought';

export const broughtSchema = z.object({
  lesson: lessonSchema,
  /** Those that the lesson is there in. */
  languages: z.array(z.string()),
  /** This learner's run; null where none was begun. */
  session: sessionSchema.nullable(),
});
export type Brought = z.infer<typeof broughtSchema>;
