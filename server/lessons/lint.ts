// Looks through folders of lessons for what the parser lets pass but learners would miss.

import { join } from 'node:path';
import { readLessonFile } from './files.ts';
import { type GlossaryTerm, glossaryFile, readGlossary } from './glossary.ts';
import { lintLesson } from './lint-lesson.ts';
import { lintLinks } from './lint-links.ts';
import { lintTerms, lintUnusedTerms } from './lint-terms.ts';
import { lintTranslations } from './lint-translations.ts';
import type { LintedLesson, Problem } from './linted.ts';
import { foldersIn, isLessonFolder, loadEnglish } from './load.ts';
import { requireNeeds } from './needs.ts';
import { LessonError } from './yaml.ts';

interface Linted {
  lessons: LintedLesson[];
  glossary: GlossaryTerm[];
}

/**
 * The course's folder, then those of own lessons: these need no glossary, and need not link its terms. Sorted by file and line.
 * A lesson that cannot be read is one problem, and the others are still looked at. Throws SlipwayError where a folder cannot be
 * read.
 */
export function lintLessons(courseDir: string, ownDirs: readonly string[] = []): Problem[] {
  const problems: Problem[] = [];
  const course = lintFolder(courseDir, null, problems);
  const all = [...course.lessons];
  for (const dir of ownDirs) all.push(...lintFolder(dir, course.glossary, problems).lessons);
  problems.push(...slugTwins(all));
  for (const [at, { lesson }] of all.entries()) {
    const before = all.slice(0, at).map((other) => other.lesson);
    collect(problems, () => requireNeeds(lesson, before));
  }
  return problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

/** `courseTerms` is null for the course itself. */
function lintFolder(dir: string, courseTerms: GlossaryTerm[] | null, problems: Problem[]): Linted {
  const file = glossaryFile(dir);
  const terms = collect(problems, () => readGlossary(dir));
  if (terms === null && courseTerms === null && !problems.some((problem) => problem.file === file))
    problems.push({ file, line: 1, message: 'there is no glossary' });
  const glossary = terms ?? [];
  const lessons = lessonsIn(dir, courseTerms === null ? '--lessons-dir' : '--lessons', problems);
  const targets = { dir, glossary: [...(courseTerms ?? []), ...glossary] };
  for (const one of lessons) {
    problems.push(...lintLinks(one.text, one.file, targets));
    if (courseTerms === null) problems.push(...lintTerms(one, glossary));
    collect(problems, () => problems.push(...lintLesson(one)));
    problems.push(...lintTranslations(one, targets));
  }
  for (const { id, title, line } of glossary) {
    if (courseTerms?.some((term) => term.id === id))
      problems.push({ file, line, message: `\`${title}\` is defined by the course, and that definition stays` });
  }
  if (glossary.length > 0)
    problems.push(...lintLinks(readLessonFile(file, dir), file, targets), ...lintUnusedTerms(lessons, glossary, file));
  return { lessons, glossary };
}

function lessonsIn(dir: string, flag: string, problems: Problem[]): LintedLesson[] {
  const linted: LintedLesson[] = [];
  for (const folder of foldersIn(dir, flag).sort()) {
    if (!isLessonFolder(folder)) {
      problems.push({
        file: join(dir, folder),
        line: 1,
        message: 'the name of a lesson is `NN-slug`; this folder is no lesson',
      });
      continue;
    }
    const file = join(dir, folder, 'lesson.md');
    const lesson = collect(problems, () => loadEnglish(dir, folder));
    if (lesson) linted.push({ lesson, file, text: readLessonFile(file, dir).replaceAll('\r\n', '\n') });
  }
  return linted;
}

function slugTwins(linted: readonly LintedLesson[]): Problem[] {
  return linted.flatMap(({ lesson, file }, index) => {
    const twin = linted.slice(0, index).find((other) => other.lesson.slug === lesson.slug);
    if (!twin) return [];
    const place = twin.lesson.dir === lesson.dir ? twin.lesson.folder : join(twin.lesson.dir, twin.lesson.folder);
    return [{ file, line: 1, message: `\`${place}\` has the same address, /lessons/${lesson.slug}` }];
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
