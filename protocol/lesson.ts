// Lessons as the page shows them: already rendered, without checks and solutions.

import { z } from 'zod';

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(100);

export const lessonSummarySchema = z.object({
  slug: slugSchema,
  title: z.string(),
  summary: z.string(),
  minutes: z.number(),
  steps: z.array(z.object({ id: slugSchema, title: z.string() })),
});
export type LessonSummary = z.infer<typeof lessonSummarySchema>;

export const lessonStepSchema = z.object({
  id: slugSchema,
  title: z.string(),
  /** HTML of our own lesson files. A runnable command is `<div class="command" data-command="…"><pre><code>…`. */
  html: z.string(),
  /** HTML, from a nudge to nearly the command. */
  hints: z.array(z.string()),
});

export const lessonSchema = lessonSummarySchema.extend({
  introHtml: z.string(),
  steps: z.array(lessonStepSchema),
  /** Slug of the lesson after this one, or null. */
  next: slugSchema.nullable(),
});
export type Lesson = z.infer<typeof lessonSchema>;
