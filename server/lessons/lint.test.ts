// One lessons' folder in order, and each problem that can be made in it.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { lintLessons } from './lint.ts';

const dir = mkdtempSync(join(tmpdir(), 'slipway-lint-'));
afterAll(() => rmSync(dir, { recursive: true }));

const GLOSSARY = `# Glossary

## Image

A packaged application, made of [layers](#layer).

## Image ID

The digits that tell it from others.

## Layer

One set of files.
`;

const LESSON = `---
title: A lesson
summary: A sentence that is long enough.
minutes: 5
goals: [list what is here]
sources: [{title: Docker, url: "https://docs.docker.com/"}]
---

Read [GitHub](https://github.com/ "a site") and <https://docs.docker.com/>, and what the Acme Layer Registry says. The [image](../glossary.md#image) is many
[layers](../glossary.md#layer) in one; *image of what* is only quoted, and \`layer\` is code.

## Pull it

Its [image
ID](../glossary.md#image-id) is short.

\`\`\`sh
docker pull nginx:latest
\`\`\`

\`\`\`check
- image.present: {image: "nginx:latest"}
\`\`\`

\`\`\`hint
- "See [the second step](#look)."
\`\`\`

## Look

See [the first](../01-a-lesson/lesson.md#pull-it).

\`\`\`sh
docker ps
\`\`\`

\`\`\`check
- command: {run: ["docker ps"]}
\`\`\`

\`\`\`hint
- "The list of containers."
\`\`\`

## Think

\`\`\`quiz
question: "Which?"
type: typed
answer: this
why: "So."
\`\`\`
`;

const ATTEMPTS = `- step: pull-it
  run: ["docker pull nginx:1"]
  says: "No such tag."
- step: pull-it
  run: ["docker pull ngnix"]
  says: "No such image."
- step: pull-it
  run: ["docker pul"]
  says: "No such command."
- step: look
  run: ["docker sp"]
  says: "No such command."
`;

function write(lesson: string, attempts = ATTEMPTS, glossary = GLOSSARY): void {
  mkdirSync(join(dir, '01-a-lesson'), { recursive: true });
  writeFileSync(join(dir, 'glossary.md'), glossary);
  writeFileSync(join(dir, '01-a-lesson', 'lesson.md'), lesson);
  writeFileSync(join(dir, '01-a-lesson', 'attempts.yaml'), attempts);
}

const lint = () =>
  lintLessons(dir).map(({ file, line, message }) => `${file.slice(dir.length + 1)}:${line}: ${message}`);

beforeEach(() => {
  rmSync(dir, { recursive: true });
  write(LESSON);
});

it('finds nothing where all is in order', () => {
  expect(lint()).toEqual([]);
});

describe('lintLessons', () => {
  const swap = (from: string, to: string) => {
    expect(LESSON).toContain(from);
    return LESSON.replace(from, to);
  };
  const LESSON_MD = '01-a-lesson/lesson.md';

  it.each([
    [
      'a lesson that cannot be read',
      swap('minutes', 'minuets'),
      `${LESSON_MD}:4: unknown key \`minuets\`; did you mean \`minutes\`?`,
    ],
    ['no goals', swap('goals: [list what is here]', 'goals: []'), `${LESSON_MD}:1: the lesson names no \`goals\``],
    [
      'no sources',
      swap('sources: [{title: Docker, url: "https://docs.docker.com/"}]', '# none'),
      `${LESSON_MD}:1: the lesson names no \`sources\``,
    ],
    [
      'no hints',
      swap('```hint\n- "The list of containers."\n```\n', ''),
      `${LESSON_MD}:29: step \`look\` has no \`hint\` fence`,
    ],
    [
      'a hint that never fits',
      swap('- "The list of containers."', '- {text: Look, when: [{command: {run: ["docker ps"]}}]}'),
      `${LESSON_MD}:29: step \`look\` has a hint whose \`when\` is true only when the step has passed`,
    ],
    [
      'a step that has passed already',
      swap('- command: {run: ["docker ps"]}', '- image.present: {image: "nginx:latest"}'),
      `${LESSON_MD}:29: step \`look\` asks for nothing that the step before did not`,
    ],
    [
      'a link to no heading',
      swap('#look', '#lok'),
      `${LESSON_MD}:26: \`#lok\` leads to no heading; did you mean \`look\`?`,
    ],
    [
      'a link to no lesson',
      swap('../01-a-lesson/', '../02-a-lesson/'),
      `${LESSON_MD}:31: \`../02-a-lesson/lesson.md#pull-it\` leads to no file`,
    ],
    [
      'a link to no heading of a lesson',
      swap('lesson.md#pull-it', 'lesson.md#push-it'),
      `${LESSON_MD}:31: \`../01-a-lesson/lesson.md#push-it\` leads to no heading; did you mean \`pull-it\`?`,
    ],
    [
      'a link to a file that is no lesson',
      swap('../01-a-lesson/lesson.md#pull-it', 'attempts.yaml'),
      `${LESSON_MD}:31: \`attempts.yaml\` is no lesson, so the page has nothing to show`,
    ],
    [
      'a link out of the lessons',
      swap('../01-a-lesson/lesson.md#pull-it', '../../README.md'),
      `${LESSON_MD}:31: \`../../README.md\` leads out of the lessons, where the page cannot follow`,
    ],
    [
      'a link by an address of the page',
      swap('../01-a-lesson/lesson.md#pull-it', '/lessons/a-lesson'),
      `${LESSON_MD}:31: \`/lessons/a-lesson\` would lead elsewhere on GitHub; link the file, \`../NN-slug/lesson.md\``,
    ],
    [
      'a link over http',
      swap('https://github.com/', 'http://github.com/'),
      `${LESSON_MD}:9: \`http://github.com/\`: use \`https://\``,
    ],
    [
      'an address that is none',
      swap('https://github.com/', 'https://github/'),
      `${LESSON_MD}:9: \`https://github/\` has no host that others can reach`,
    ],
    [
      'a link to a script',
      swap('https://github.com/', 'javascript:void'),
      `${LESSON_MD}:9: \`javascript:void\` is no address on the web`,
    ],
    [
      'a link to no term',
      swap('#layer', '#layre'),
      `${LESSON_MD}:10: the glossary has no term \`layre\`; did you mean \`layer\`?`,
    ],
    [
      'a link to the glossary alone',
      swap('See [the first](../01-a-lesson/lesson.md#pull-it)', 'See [it](../glossary.md)'),
      `${LESSON_MD}:31: a link to the glossary names a term, \`../glossary.md#layer\``,
    ],
    [
      'a term without a link',
      swap('[image\nID](../glossary.md#image-id)', 'image\nID'),
      `${LESSON_MD}:14: \`Image ID\` is a term of the glossary: link it here, \`[…](../glossary.md#image-id)\``,
    ],
    [
      'a term before its link',
      swap('Read [', 'Images! Read ['),
      `${LESSON_MD}:9: \`Image\` is linked only in line 9: link it here, where it is first used`,
    ],
    [
      'a term in emphasis',
      swap('Read [', 'Many *layers*. Read ['),
      `${LESSON_MD}:9: \`Layer\` is linked only in line 10: link it here, where it is first used`,
    ],
    [
      'a word of the field without a definition',
      swap('Read [', 'The storage drivers. Read ['),
      `${LESSON_MD}:9: \`storage driver\` is a term of the field, and the glossary doesn't define it`,
    ],
  ])('tells %s', (_, lesson, problem) => {
    write(lesson);
    expect(lint()).toContain(problem);
  });

  it.each([
    [
      'too few of a pull',
      ATTEMPTS.slice(ATTEMPTS.indexOf('- step: pull-it', 1)),
      `${LESSON_MD}:12: step \`pull-it\` lists 2 wrong attempts; it needs 3 or more`,
    ],
    [
      'none',
      ATTEMPTS.slice(0, ATTEMPTS.indexOf('- step: look')),
      `${LESSON_MD}:29: step \`look\` lists 0 wrong attempts; it needs 1 or more`,
    ],
    [
      'one without words',
      ATTEMPTS.replace('No such tag.', '<any>.'),
      '01-a-lesson/attempts.yaml:1: a wrong attempt without words',
    ],
    [
      'one at a step that is not there',
      ATTEMPTS.replace('step: look', 'step: lok'),
      '01-a-lesson/attempts.yaml:10: there is no step `lok`; did you mean `look`?',
    ],
    [
      'one twice',
      ATTEMPTS.replace('docker pul"', 'docker pull ngnix"'),
      '01-a-lesson/attempts.yaml:7: this wrong attempt is listed already',
    ],
    [
      'one that is right',
      ATTEMPTS.replace('docker sp', 'docker ps'),
      '01-a-lesson/attempts.yaml:10: this wrong attempt is the solution of the step',
    ],
  ])('tells of wrong attempts: %s', (_, attempts, problem) => {
    write(LESSON, attempts);
    expect(lint()).toContain(problem);
  });

  it('tells of a glossary that is not there, broken, or has a term that nobody links', () => {
    write(LESSON, ATTEMPTS, `${GLOSSARY}\n## Volume\n\nA store.\n`);
    expect(lint()).toEqual(['glossary.md:15: no lesson links `Volume`']);
    write(LESSON, ATTEMPTS, `${GLOSSARY}\n## Layer\n\nA store.\n`);
    expect(lint()).toContain('glossary.md:15: term `layer` is defined twice, first in line 11');
    rmSync(join(dir, 'glossary.md'));
    expect(lint()).toContain('glossary.md:1: there is no glossary');
    expect(lint()).toContain(`${LESSON_MD}:9: the glossary has no term \`image\``);
  });

  it('tells of folders that are no lesson, and of two with one address', () => {
    mkdirSync(join(dir, 'drafts'));
    cpSync(join(dir, '01-a-lesson'), join(dir, '02-a-lesson'), { recursive: true });
    expect(lint()).toEqual([
      '02-a-lesson/lesson.md:1: `01-a-lesson` has the same address, /lessons/a-lesson',
      'drafts:1: the name of a lesson is `NN-slug`; this folder is no lesson',
    ]);
  });
});
