// The shape of a lesson's YAML parts; the describe() texts are the documentation of the format.

import { z } from 'zod';
import { checkItemSchema } from '../checks/items.ts';

const containerName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, 'a container name');
const imageName = z.string().regex(/^[a-z0-9][a-z0-9._/:-]*$/, 'an image reference, repository:tag');
const registryHost = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/, 'a registry address, localhost:5000 or docker.io');
const homePath = z.string().regex(/^~\/(?!.*\.\.)[\w./-]+$/, 'a path in the home folder, ~/…');
const port = z.int().min(1).max(65535);

export const setupSchema = z.strictObject({
  absent: z
    .strictObject({
      containers: z.array(containerName).default([]).describe('containers that are removed'),
      images: z.array(imageName).default([]).describe('image names that are removed'),
      volumes: z.array(containerName).default([]).describe('volumes that are removed'),
      files: z.array(homePath).default([]).describe('files that are removed'),
      logins: z.array(registryHost).default([]).describe('registries that Docker is logged out of'),
    })
    .prefault({})
    .describe('what the learner must not find; removed first, and only before they did anything in the lesson'),
  images: z.array(imageName).default([]).describe('images that are pulled from Docker Hub'),
  names: z
    .record(imageName, imageName)
    .default({})
    .describe('more names: new name → image on Docker Hub, whose own name goes unless `images` has it'),
  registries: z
    .array(
      z.strictObject({
        name: containerName.describe('name of the container'),
        port: port.describe("port on the learner's localhost"),
        users: z
          .record(z.string().regex(/^\w+$/, 'a user name'), z.string().min(1).max(72))
          .optional()
          .describe('user → password: the registry asks for a login (htpasswd)'),
        content: z
          .record(imageName, imageName)
          .default({})
          .describe('what it holds: repository:tag in the registry → image on Docker Hub'),
      }),
    )
    .default([])
    .describe('private registries, registry:2, that run before the first step'),
  containers: z
    .array(
      z.strictObject({
        name: containerName.describe('name of the container'),
        image: imageName.describe('image on Docker Hub; it stays'),
        command: z.array(z.string()).default([]).describe('what it runs instead of its own command'),
        publish: z
          .string()
          .regex(/^\d+:\d+$/, 'HOST:CONTAINER')
          .optional()
          .describe('published port, HOST:CONTAINER'),
      }),
    )
    .default([])
    .describe('containers that run before the first step'),
  files: z
    .record(homePath, z.string().max(64 * 1024))
    .default({})
    .describe('files in the home folder: path → text'),
});
export type LessonSetup = z.infer<typeof setupSchema>;

export const frontMatterSchema = z.strictObject({
  title: z.string().min(3).max(80).describe('title of the lesson'),
  summary: z.string().min(10).max(300).describe('one sentence for the list of lessons'),
  minutes: z.int().min(1).max(120).describe('minutes that it takes'),
  goals: z.array(z.string().min(3)).default([]).describe('what one can do afterwards'),
  sources: z
    .array(z.strictObject({ title: z.string().min(3).max(120), url: z.url({ protocol: /^https$/ }) }))
    .default([])
    .describe('where the field itself says it: specifications and documentation'),
  page: z.boolean().default(false).describe('true: a page to read, without steps and without a computer'),
  setup: setupSchema.prefault({}).describe('the world that the lesson starts from'),
});

const hintSchema = z.union([
  z
    .string()
    .min(1)
    .transform((text) => ({ text, when: [] as z.infer<typeof checkItemSchema>[] })),
  z.strictObject({
    text: z.string().min(1).describe('the hint, Markdown'),
    when: checkItemSchema.array().min(1).describe('checks that must pass, so that it fits the state'),
  }),
]);
export const hintsSchema = z.array(hintSchema).min(1).max(8);
export type LessonHint = z.infer<typeof hintSchema>;

const choice = z.strictObject({
  text: z.string().min(1).describe('the choice, Markdown'),
  right: z.boolean().default(false).describe('whether it is right'),
  why: z.string().min(1).describe('what who chose it reads (a wrong one), or who left it out (a right one)'),
});
const question = z.string().min(3).describe('the question, Markdown');
const why = z.string().min(1).describe('what who is wrong reads; Markdown');

/** Which answer is right never leaves the server. */
export const quizSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('single'),
    question,
    choices: z
      .array(choice)
      .min(2)
      .max(8)
      .refine((choices) => choices.filter(({ right }) => right).length === 1, 'exactly one choice is `right: true`'),
  }),
  z.strictObject({
    type: z.literal('several'),
    question,
    choices: z
      .array(choice)
      .min(2)
      .max(10)
      .refine((choices) => choices.some(({ right }) => right), 'at least one choice is `right: true`'),
  }),
  z.strictObject({
    type: z.literal('order'),
    question,
    items: z.array(z.string().min(1)).min(2).max(8).describe('in the right order; shown shuffled'),
    why,
  }),
  z.strictObject({
    type: z.literal('match'),
    question,
    pairs: z
      .record(z.string().min(1), z.string().min(1))
      .describe('left → the right that belongs to it; shown shuffled'),
    wrong: z.record(z.string(), z.string()).default({}).describe('left → what who matched it wrong reads'),
    why,
  }),
  z
    .strictObject({
      type: z.literal('typed'),
      question,
      answer: z.string().min(1).optional().describe('the right text; case and spaces around do not matter'),
      accept: z.array(z.string().min(1)).default([]).describe('other right texts'),
      digest: z
        .strictObject({
          registry: registryHost,
          repository: z.string(),
          tag: z.string(),
          of: z.enum(['manifest', 'config']),
        })
        .optional()
        .describe('instead of `answer`: a digest, as the registry serves it now; other digests are recognised'),
      wrong: z.record(z.string(), z.string()).default({}).describe('wrong text → why it is wrong'),
      why,
    })
    .refine((quiz) => (quiz.answer === undefined) !== (quiz.digest === undefined), 'either `answer` or `digest`'),
]);
export type LessonQuiz = z.infer<typeof quizSchema>;

export const attemptsSchema = z.array(
  z.strictObject({
    step: z.string().describe('id of the step'),
    run: z
      .array(z.string().min(1))
      .min(1)
      .describe('what a learner may type by mistake; a line `< text` answers the question of the command before it'),
    says: z.string().min(1).describe('the exact words of the verdict; <any> stands for any text'),
  }),
);
export type Attempt = z.infer<typeof attemptsSchema>[number];
