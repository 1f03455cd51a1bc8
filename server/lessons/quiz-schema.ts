// The shape of a quiz's YAML; the describe() texts are its documentation.

import { z } from 'zod';
import { plain } from './plain.ts';
import { registryHost } from './schema.ts';

const choice = z.strictObject({
  text: z.string().min(1).describe('the choice, Markdown'),
  right: z.boolean().default(false).describe('whether it is right'),
  why: z.string().min(1).describe('what who chose it reads (a wrong one), or who left it out (a right one)'),
});
/** Two equal choices could not be told apart. */
function refuseTwins(choices: readonly { text: string }[], context: z.RefinementCtx): void {
  for (const [index, { text }] of choices.entries()) {
    if (choices.findIndex((other) => other.text === text) === index) continue;
    context.addIssue({ code: 'custom', message: `choice \`${text}\` is there twice`, path: [index, 'text'] });
  }
}

const typeOf = <const Type extends string>(type: Type) => z.literal(type).describe('the kind of quiz');
const question = z.string().min(3).describe('the question, Markdown');
const why = z.string().min(1).describe('the reason, which everybody reads who has answered; Markdown');

/** Which answer is right never leaves the server. */
export const quizSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: typeOf('single'),
    question,
    choices: z
      .array(choice)
      .min(2)
      .max(8)
      .superRefine(refuseTwins)
      .refine(
        (choices) => choices.filter(({ right }) => right).length === 1,
        'exactly one choice must have `right: true`',
      )
      .describe('the choices, of which exactly one is right; shown shuffled'),
  }),
  z.strictObject({
    type: typeOf('several'),
    question,
    choices: z
      .array(choice)
      .min(2)
      .max(10)
      .superRefine(refuseTwins)
      .refine((choices) => choices.some(({ right }) => right), 'at least one choice must have `right: true`')
      .describe('the choices, of which at least one is right; shown shuffled'),
  }),
  z.strictObject({
    type: typeOf('order'),
    question,
    items: z
      .array(z.string().min(1))
      .min(2)
      .max(8)
      .refine((items) => new Set(items).size === items.length, 'no item may be there twice')
      .describe('in the right order; shown shuffled'),
    why,
  }),
  z
    .strictObject({
      type: typeOf('match'),
      question,
      pairs: z
        .record(z.string().min(1), z.string().min(1))
        .refine((pairs) => new Set(Object.values(pairs)).size >= 2, 'at least two different right sides are needed')
        .describe('left → the right that belongs to it; shown shuffled'),
      wrong: z.record(z.string(), z.string()).default({}).describe('left → what who matched it wrong reads'),
      why,
    })
    .superRefine(({ pairs, wrong }, context) => {
      for (const left of Object.keys(wrong).filter((left) => !(left in pairs))) {
        const params = { word: left, known: Object.keys(pairs) };
        context.addIssue({ code: 'custom', message: `\`${left}\` is no left side`, path: ['wrong', left], params });
      }
    }),
  z
    .strictObject({
      type: typeOf('typed'),
      question,
      answer: z.string().min(1).optional().describe('the right text; case and spaces around do not matter'),
      accept: z.array(z.string().min(1)).default([]).describe('other right texts'),
      digest: z
        .strictObject({
          registry: registryHost.describe('address of the registry, `localhost:5000`'),
          repository: z.string().min(1).describe('repository in it'),
          tag: z.string().min(1).describe('tag'),
          of: z.enum(['manifest', 'config']).describe('whose digest'),
        })
        .optional()
        .describe('instead of `answer`: a digest, as the registry serves it now; other digests are recognised'),
      wrong: z.record(z.string(), z.string()).default({}).describe('wrong text → why it is wrong'),
      why,
    })
    .refine(
      (quiz) => (quiz.answer === undefined) !== (quiz.digest === undefined),
      'either `answer` or `digest` is needed',
    )
    .superRefine(({ answer = '', accept, wrong }, context) => {
      for (const text of Object.keys(wrong).filter((text) => [answer, ...accept].map(plain).includes(plain(text))))
        context.addIssue({ code: 'custom', message: `\`${text}\` is right and wrong`, path: ['wrong', text] });
    }),
]);
export type LessonQuiz = z.infer<typeof quizSchema>;
