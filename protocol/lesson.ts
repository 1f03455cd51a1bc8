// Lessons as the page shows them: already rendered, without checks and solutions.

import { z } from 'zod';

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(100);

export const lessonSummarySchema = z
  .object({
    slug: slugSchema,
    language: z
      .string()
      .describe('Of its texts, a BCP 47 tag: of those that it is there in, the one that fits Accept-Language best.'),
    title: z.string(),
    summary: z.string(),
    minutes: z.number().describe('About how long it takes.'),
    needs: z.array(slugSchema).describe('Lessons before it that it builds on; nobody is kept out.'),
    notOpenYet: z.literal(true).optional().describe('The teacher opens it later; until then it is refused.'),
    heading: z
      .string()
      .nullable()
      .describe('Of a lesson that is not of the course: what it stands under in the list. Plain text.'),
    steps: z
      .array(z.object({ id: slugSchema, title: z.string() }))
      .describe('None: a page to read, without a computer.'),
  })
  .meta({ id: 'LessonSummary' });
export type LessonSummary = z.infer<typeof lessonSummarySchema>;

const texts = z.array(z.string());
export const quizSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('single'), question: z.string(), choices: texts }),
    z.object({ type: z.literal('several'), question: z.string(), choices: texts }),
    z
      .object({ type: z.literal('order'), question: z.string(), items: texts })
      .describe('Things to put in order, shuffled.'),
    z
      .object({ type: z.literal('match'), question: z.string(), left: texts, right: texts })
      .describe('Each of `left` belongs to one of `right`, which is shuffled.'),
    z.object({ type: z.literal('typed'), question: z.string() }),
  ])
  .meta({
    id: 'Quiz',
    description:
      'A question as it is asked: which answer is right stays on the server. All texts are HTML of our own lesson files.',
  });
export type Quiz = z.infer<typeof quizSchema>;

export const quizAnswerSchema = z
  .strictObject({
    answer: z
      .union([z.int().min(0).max(99), z.array(z.int().min(0).max(99)).max(20), z.string().max(500)])
      .describe(
        "single: the choice's index; several: the indexes; order: the indexes of `items` in the order chosen; match: for each of `left` the index in `right`; typed: the text.",
      ),
  })
  .meta({ id: 'QuizAnswer' });
export type QuizAnswer = z.infer<typeof quizAnswerSchema>['answer'];

export const lessonStepSchema = z
  .object({
    id: slugSchema,
    title: z.string(),
    html: z
      .string()
      .describe(
        'HTML of our own lesson files. A runnable command is `<div class="command" data-command="…"><pre><code>…`; where it has placeholders, `data-fills="image_id"` names them, separated by spaces. A term of the glossary is `<button type="button" class="term" data-term="id">text</button>`.',
      ),
    hints: texts.describe('HTML, from a nudge to nearly the command. Which of them may be seen, the session says.'),
    quizzes: z.array(quizSchema),
    showable: z.boolean().describe('Whether `show me` has something to type.'),
  })
  .meta({ id: 'LessonStep' });

export const termSchema = z
  .object({ id: slugSchema, title: z.string(), html: z.string() })
  .meta({ id: 'Term', description: 'A term of the field, defined once.' });
export type Term = z.infer<typeof termSchema>;

export const lessonSchema = lessonSummarySchema
  .extend({
    introHtml: z.string(),
    goals: texts.describe('What one can do afterwards.'),
    sources: z
      .array(z.object({ title: z.string(), url: z.string() }))
      .describe("Where the field itself says it: specifications and Docker's documentation."),
    steps: z.array(lessonStepSchema),
    next: slugSchema.nullable().describe('Slug of the lesson after this one.'),
  })
  .meta({ id: 'Lesson' });
export type Lesson = z.infer<typeof lessonSchema>;
