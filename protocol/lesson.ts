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
  /** Of a lesson that is not of the course: what it stands under in the list. Plain text. */
  heading: z.string().nullable(),
  /** None: a page to read, without a computer. */
  steps: z.array(z.object({ id: slugSchema, title: z.string() })),
});
export type LessonSummary = z.infer<typeof lessonSummarySchema>;

/** A question as it is asked: which answer is right stays on the server. All texts are HTML of our own lesson files. */
export const quizSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('single'), question: z.string(), choices: z.array(z.string()) }),
  z.object({ type: z.literal('several'), question: z.string(), choices: z.array(z.string()) }),
  /** Things to put in order, shuffled. */
  z.object({ type: z.literal('order'), question: z.string(), items: z.array(z.string()) }),
  /** Each of `left` belongs to one of `right`, which is shuffled. */
  z.object({ type: z.literal('match'), question: z.string(), left: z.array(z.string()), right: z.array(z.string()) }),
  z.object({ type: z.literal('typed'), question: z.string() }),
]);
export type Quiz = z.infer<typeof quizSchema>;

/**
 * single: the choice's index; several: the indexes; order: the indexes of `items` in the order chosen;
 * match: for each of `left` the index in `right`; typed: the text.
 */
export const quizAnswerSchema = z.strictObject({
  answer: z.union([z.int().min(0).max(99), z.array(z.int().min(0).max(99)).max(20), z.string().max(500)]),
});
export type QuizAnswer = z.infer<typeof quizAnswerSchema>['answer'];

export const lessonStepSchema = z.object({
  id: slugSchema,
  title: z.string(),
  /**
   * HTML of our own lesson files. A runnable command is `<div class="command" data-command="…"><pre><code>…`; where it has
   * placeholders, `data-fills="image_id"` names them, separated by spaces. A term of the glossary is
   * `<button type="button" class="term" data-term="id">text</button>`.
   */
  html: z.string(),
  /** HTML, from a nudge to nearly the command. Which of them may be seen, the session says. */
  hints: z.array(z.string()),
  quizzes: z.array(quizSchema),
  /** Whether `show me` has something to type. */
  showable: z.boolean(),
});

/** A term of the field, defined once. */
export const termSchema = z.object({ id: slugSchema, title: z.string(), html: z.string() });
export type Term = z.infer<typeof termSchema>;

export const lessonSchema = lessonSummarySchema.extend({
  introHtml: z.string(),
  goals: z.array(z.string()),
  /** Where the field itself says it: specifications and Docker's documentation. */
  sources: z.array(z.object({ title: z.string(), url: z.string() })),
  steps: z.array(lessonStepSchema),
  /** Slug of the lesson after this one, or null. */
  next: slugSchema.nullable(),
});
export type Lesson = z.infer<typeof lessonSchema>;
