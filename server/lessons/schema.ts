// The shape of a lesson's YAML parts; the describe() texts are the documentation of the format.

import { z } from 'zod';

const containerName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, 'a container name');
const imageName = z.string().regex(/^[a-z0-9][a-z0-9._/:-]*$/, 'an image reference, repository:tag');

export const setupSchema = z.strictObject({
  absent: z
    .strictObject({
      containers: z.array(containerName).default([]).describe('containers that are removed'),
      images: z.array(imageName).default([]).describe('image names that are removed'),
    })
    .prefault({})
    .describe('what the learner must not find; removed first'),
  images: z.array(imageName).default([]).describe('images that are pulled from Docker Hub'),
  registry: z
    .strictObject({
      name: containerName.describe('name of the container'),
      port: z.int().min(1).max(65535).describe("port on the learner's localhost"),
      content: z
        .record(imageName, imageName)
        .default({})
        .describe('what it holds: repository:tag in the registry → image on Docker Hub'),
    })
    .optional()
    .describe('a private registry:2 that runs before the first step'),
});
export type LessonSetup = z.infer<typeof setupSchema>;

export const frontMatterSchema = z.strictObject({
  title: z.string().min(3).max(80).describe('title of the lesson'),
  summary: z.string().min(10).max(300).describe('one sentence for the list of lessons'),
  minutes: z.int().min(1).max(120).describe('minutes that it takes'),
  goals: z.array(z.string().min(3)).default([]).describe('what one can do afterwards'),
  setup: setupSchema.prefault({}).describe('the world that the lesson starts from'),
});

export const hintsSchema = z.array(z.string().min(1)).min(1).max(5);

export const attemptsSchema = z.array(
  z.strictObject({
    step: z.string().describe('id of the step'),
    run: z.array(z.string().min(1)).min(1).describe('what a learner may type by mistake'),
    says: z.string().min(1).describe('the exact words of the verdict; <any> stands for any text'),
  }),
);
export type Attempt = z.infer<typeof attemptsSchema>[number];
