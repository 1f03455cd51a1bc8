// Looks at the translations of a lesson: their names, their form, their links, and where they ask for other things than English.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLessonFile } from './files.ts';
import { type LinkTargets, lintLinks } from './lint-links.ts';
import type { LintedLesson, Problem } from './linted.ts';
import { loadTranslation, translationsOf } from './load.ts';
import { differences } from './translation.ts';
import { LessonError } from './yaml.ts';

export function lintTranslations({ lesson, text }: LintedLesson, targets: LinkTargets): Problem[] {
  const folder = join(lesson.dir, lesson.folder);
  const known = translationsOf(lesson);
  const others = readdirSync(folder)
    .filter((name) => /^lesson\..+\.md$/.test(name))
    .map((name) => join(folder, name))
    .filter((file) => !known.some((one) => one.file === file));
  return [
    ...known.flatMap(({ file }) => [
      ...attempt(() =>
        differences(lesson, loadTranslation(lesson, file)).map((difference) => ({ file, ...difference })),
      ),
      // A heading is found by its English words, in every language.
      ...attempt(() => lintLinks(readLessonFile(file, lesson.dir), file, { ...targets, headings: text })),
    ]),
    ...others.map((file) => ({
      file,
      line: 1,
      message:
        'is no translation: its name needs a language, `lesson.de.md` or `lesson.pt-BR.md`; English is lesson.md',
    })),
  ];
}

function attempt(work: () => Problem[]): Problem[] {
  try {
    return work();
  } catch (error) {
    if (error instanceof LessonError) return [{ file: error.file, line: error.line, message: error.problem }];
    throw error;
  }
}
