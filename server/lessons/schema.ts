// The shape of a lesson's YAML parts; the describe() texts are the documentation of the format.

import { z } from 'zod';
import { slugSchema } from '../../protocol/lesson.ts';
import { checkItemSchema } from '../checks/items.ts';

const containerName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, 'a container name');
const imageName = z.string().regex(/^[a-z0-9][a-z0-9._/:-]*$/, 'an image reference, repository:tag');
export const registryHost = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/, 'a registry address, localhost:5000 or docker.io');
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
  needs: z
    .array(slugSchema)
    .default([])
    .describe('slugs of lessons before it that it builds on; the list shows them, and keeps nobody out'),
  goals: z.array(z.string().min(3)).default([]).describe('what one can do afterwards'),
  sources: z
    .array(
      z.strictObject({
        title: z.string().min(3).max(120).describe('what it is called'),
        url: z.url({ protocol: /^https$/ }).describe('its address, `https://…`'),
      }),
    )
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

export const attemptsSchema = z.array(
  z.strictObject({
    step: z.string().describe('id of the step'),
    run: z
      .array(z.string().min(1))
      .min(1)
      .describe('what a learner may type by mistake; a line `< text` answers the question of the command before it'),
    says: z.string().min(1).describe('the exact words of the verdict; `<any>` stands for any text'),
  }),
);
export type Attempt = z.infer<typeof attemptsSchema>[number];
