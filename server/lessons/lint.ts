// Looks through the lessons' folder for what the parser lets pass but learners would miss.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readLessonFile } from './files.ts';
import { type GlossaryTerm, glossaryFile, parseGlossary } from './glossary.ts';
import { lintLesson } from './lint-lesson.ts';
import { lintLinks } from './lint-links.ts';
import { lintTerms, lintUnusedTerms } from './lint-terms.ts';
import type { LintedLesson, Problem } from './linted.ts';
import { foldersIn, isLessonFolder, loadLesson } from './load.ts';
import { LessonError } from './yaml.ts';

/**
 * Sorted by file and line. A lesson that cannot be read is one problem, and the others are still looked at.
 * Throws SlipwayError where the folder cannot be read.
 */
export function lintLessons(dir: string): Problem[] {
  const problems: Problem[] = [];
  const glossary = collect(problems, () => loadTerms(dir)) ?? [];
  const linted: LintedLesson[] = [];
  for (const folder of foldersIn(dir)) {
    if (!isLessonFolder(folder)) {
      problems.push({
        file: join(dir, folder),
        line: 1,
        message: 'the name of a lesson is `NN-slug`; this folder is no lesson',
      });
      continue;
    }
    const file = join(dir, folder, 'lesson.md');
    const lesson = collect(problems, () => loadLesson(dir, folder));
    if (lesson) linted.push({ lesson, file, text: readLessonFile(file).replaceAll('\r\n', '\n') });
  }
  linted.sort((a, b) => (a.file < b.file ? -1 : 1));
  problems.push(...slugTwins(linted));
  for (const one of linted) {
    problems.push(...lintLinks(one.text, one.file, { dir, glossary }), ...lintTerms(one, glossary));
    collect(problems, () => problems.push(...lintLesson(dir, one)));
  }
  if (glossary.length > 0) {
    const file = glossaryFile(dir);
    const text = readLessonFile(file);
    problems.push(...lintLinks(text, file, { dir, glossary }), ...lintUnusedTerms(linted, glossary, file));
  }
  return problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

function loadTerms(dir: string): GlossaryTerm[] {
  const file = glossaryFile(dir);
  if (!existsSync(file)) throw new LessonError(file, 1, 'there is no glossary');
  return parseGlossary(readLessonFile(file), file);
}

function slugTwins(linted: readonly LintedLesson[]): Problem[] {
  return linted.flatMap(({ lesson, file }, index) => {
    const twin = linted.slice(0, index).find((other) => other.lesson.slug === lesson.slug);
    if (!twin) return [];
    return [{ file, line: 1, message: `\`${twin.lesson.folder}\` has the same address, /lessons/${lesson.slug}` }];
  });
}

function collect<T>(problems: Problem[], work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    problems.push({ file: error.file, line: error.line, message: error.problem });
    return null;
  }
}
