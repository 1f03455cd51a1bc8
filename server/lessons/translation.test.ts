// A lesson in another language is the same lesson in other words; what else it changes is found.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { answerQuiz, rightAnswer } from './answer.ts';
import { lintLessons } from './lint.ts';
import { lessonIn, loadLesson, loadLessons, summaryOf, viewOf } from './load.ts';
import { languageOf } from './translation.ts';

const root = mkdtempSync(join(tmpdir(), 'slipway-translation-'));
const dir = join(root, 'course');
afterAll(() => rmSync(root, { recursive: true }));

const ENGLISH = `---
title: A lesson
summary: A sentence that is long enough.
minutes: 5
goals: [see it]
sources: [{title: Docker, url: "https://docs.docker.com/"}]
---

## Pull it

An [image](../glossary.md#image).

\`\`\`sh
docker pull nginx:latest
\`\`\`

\`\`\`check
- image.present: {image: "nginx:latest"}
\`\`\`

\`\`\`quiz
question: "Which is the first?"
type: single
choices:
  - {text: a, right: true, why: "So."}
  - {text: b, why: "That is the second."}
  - {text: c, why: "That is the third."}
\`\`\`

\`\`\`hint
- "Pull."
- {text: "See [above](#pull-it).", when: [{image.absent: {images: ["nginx:1.26"]}}]}
\`\`\`
`;
const GERMAN = ENGLISH.replace('A lesson', 'Eine Lektion')
  .replace('## Pull it', '## Übertragen')
  .replace('An [image]', 'Ein [Image]')
  .replace('Which is the first?', 'Welcher ist der erste?')
  .replace('That is the second.', 'Das ist der zweite.')
  .replace('"Pull."', '"Holen."');

const put = (name: string, text: string) => writeFileSync(join(dir, '01-a-lesson', name), text);
beforeEach(() => {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, '01-a-lesson'), { recursive: true });
  writeFileSync(join(dir, 'glossary.md'), '# Glossary\n\n## Image\n\nA file.\n');
  put('lesson.md', ENGLISH);
  const attempt = (run: string) => `- {step: pull-it, run: ["${run}"], says: "No such image."}\n`;
  put('attempts.yaml', ['docker pull a', 'docker pull b', 'docker pull c'].map(attempt).join(''));
});

const german = () => lessonIn(loadLesson(dir, '01-a-lesson'), () => 'de');
const lint = () =>
  lintLessons(dir).map(({ file, line, message }) => `${file.slice(dir.length + 1)}:${line}: ${message}`);

it('is served in the language that is chosen, with the ids of the English one, and in English where there is none', () => {
  put('lesson.de.md', GERMAN);
  const lesson = loadLesson(dir, '01-a-lesson');
  const offered: string[][] = [];
  const choose = (languages: string[]) => {
    offered.push(languages);
    return 'de';
  };
  const view = viewOf(lessonIn(lesson, choose), null);
  expect(offered).toEqual([['en', 'de']]);
  expect(view).toMatchObject({ language: 'de', title: 'Eine Lektion' });
  expect(view.steps.map(({ id, title, hints }) => [id, title, hints[0]])).toEqual([
    ['pull-it', 'Übertragen', '<p>Holen.</p>\n'],
  ]);
  expect(summaryOf(lessonIn(lesson, () => 'en'))).toMatchObject({ language: 'en', title: 'A lesson' });
  expect(lessonIn(lesson, () => false).title).toBe('A lesson');
  rmSync(join(dir, '01-a-lesson', 'lesson.de.md'));
  expect(german().title).toBe('A lesson');
});

it('asks of the world what the English one asks, and takes the same answers', async () => {
  put('lesson.de.md', GERMAN);
  const lesson = loadLesson(dir, '01-a-lesson');
  const [english, other] = [lesson, lessonIn(lesson, () => 'de')].map(({ steps }) => steps[0]);
  expect(other?.checks).toBe(english?.checks);
  expect(other?.solution).toBe(english?.solution);
  const [quiz, same] = [english?.quizzes[0], other?.quizzes[0]];
  if (!quiz || !same) throw new Error('there is no quiz');
  const never = async () => null;
  const right = await rightAnswer(quiz, never);
  expect((await answerQuiz(same, right, never)).right).toBe(true);
  const second = same.order.indexOf(1);
  expect(await answerQuiz(same, second, never)).toEqual({ right: false, html: '<p>Das ist der zweite.</p>\n' });
});

describe('a translation', () => {
  it('in order is no problem', () => {
    put('lesson.de.md', GERMAN);
    expect(lint()).toEqual([]);
  });

  it.each([
    ['minutes: 5', 'minutes: 6', '1: `minutes` must be as in lesson.md'],
    ['nginx:latest"}\n', 'nginx:1.26"}\n', '9: step 1, `pull-it`: the checks must be as in lesson.md'],
    ['docker pull nginx:latest', 'docker pull nginx', '9: step 1, `pull-it`: the commands must be as in lesson.md'],
    [
      '- {text: c, why: "That is the third."}\n',
      '',
      '9: step 1, `pull-it`: the kinds of the quizzes, and where the right answers stand, must be as in lesson.md',
    ],
    [', right: true', '', 'exactly one choice must have `right: true`'],
    ['- "Holen."\n', '', '9: step 1, `pull-it`: the number of hints, and their `when`, must be as in lesson.md'],
    ['../glossary.md#image', '../glossary.md#abbild', '11: the glossary has no term `abbild`'],
    ['(#pull-it)', '(#uebertragen)', '32: `#uebertragen` leads to no heading'],
  ])('with %s made %s is told', (from, to, message) => {
    put('lesson.de.md', GERMAN.replace(from, to));
    expect(lint()).toContainEqual(expect.stringContaining(message));
    expect(lint()[0]).toMatch(/^01-a-lesson\/lesson\.de\.md:/);
  });

  it('with another number of steps is told, and not served', () => {
    put(
      'lesson.de.md',
      `${GERMAN}\n## Noch einer\n\n\`\`\`quiz\n{question: "Was?", type: typed, answer: a, why: b}\n\`\`\`\n`,
    );
    expect(lint()).toContain(
      '01-a-lesson/lesson.de.md:1: the number of steps, 2 here and 1 there, must be as in lesson.md',
    );
    expect(() => loadLessons(dir)).toThrow('lesson.de.md:1: the number of steps, 2 here and 1 there, must be as in');
  });

  it.each(['lesson.german.md', 'lesson.en.md', 'lesson.DE.md'])('that is called %s is none', (name) => {
    put(name, GERMAN);
    expect(lint()).toEqual([expect.stringContaining(`01-a-lesson/${name}:1: is no translation`)]);
    expect(loadLesson(dir, '01-a-lesson').translations).toEqual([]);
  });
});

it('has a language in its name', () => {
  expect(['lesson.de.md', 'lesson.pt-BR.md', 'lesson.zh-Hans.md'].map(languageOf)).toEqual(['de', 'pt-BR', 'zh-Hans']);
  expect(languageOf('lesson.md')).toBeNull();
});
