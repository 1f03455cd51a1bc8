// Lessons of whoever runs Slipway, in folders of their own beside the course's. One of them that is broken is left out and told of.

import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Term } from '../../protocol/lesson.ts';
import { messageOf } from '../errors.ts';
import { glossaryFile, loadGlossary, readGlossary } from './glossary.ts';
import type { Problem } from './linted.ts';
import { foldersIn, isLessonFolder, type Lesson, Lessons, loadLesson, loadLessons } from './load.ts';
import { requireNeeds } from './needs.ts';
import { LessonError } from './yaml.ts';

export interface Offered {
  /** The course's first, then those of each folder. */
  lessons: Lessons;
  glossary: readonly Term[];
  /** What of the own folders is not offered, and why. */
  leftOut: readonly Problem[];
}

/**
 * The course must be whole: throws LessonError for its first broken lesson. Throws SlipwayError for any folder that cannot be
 * read.
 */
export function loadOffered(courseDir: string, ownDirs: readonly string[]): Offered {
  const lessons = [...loadLessons(courseDir).all];
  const glossary = loadGlossary(courseDir);
  const leftOut: Problem[] = [];
  for (const dir of ownDirs) {
    addLessons(dir, lessons, leftOut);
    addTerms(dir, glossary, leftOut);
  }
  return { lessons: new Lessons(lessons), glossary, leftOut };
}

/** What own lessons stand under in the list: the name of their folder. */
export function headingOf(dir: string): string {
  return basename(dir) || dir;
}

/** As learners may see them: `dirs` are called by their names, without the way to them on the host. */
export function forLearners(problems: readonly Problem[], dirs: readonly string[]): Problem[] {
  // A folder within another one has the longer name.
  const ordered = dirs.toSorted((a, b) => b.length - a.length);
  const short = (text: string) => ordered.reduce((rest, dir) => rest.replaceAll(dir, headingOf(dir)), text);
  return problems.map(({ file, line, message }) => ({ file: short(file), line, message: short(message) }));
}

function addLessons(dir: string, lessons: Lesson[], leftOut: Problem[]): void {
  const before = leftOut.length;
  const known = lessons.length;
  for (const folder of foldersIn(dir, '--lessons').sort()) {
    const file = join(dir, folder, 'lesson.md');
    if (!isLessonFolder(folder)) {
      if (existsSync(file))
        leftOut.push({ file, line: 1, message: 'the folder of a lesson has a name like `01-slug`' });
      continue;
    }
    attempt(file, leftOut, () => {
      const lesson = loadLesson(dir, folder, headingOf(dir));
      const twin = lessons.find(({ slug }) => slug === lesson.slug);
      if (twin)
        throw new LessonError(file, 1, `has the address /lessons/${lesson.slug} of ${join(twin.dir, twin.folder)}`);
      requireNeeds(lesson, lessons);
      lessons.push(lesson);
    });
  }
  if (lessons.length === known && leftOut.length === before)
    leftOut.push({ file: dir, line: 1, message: 'has no lesson (a folder NN-slug with a lesson.md)' });
}

/** A word has one meaning for all lessons: who has defined it first is right. */
function addTerms(dir: string, glossary: Term[], leftOut: Problem[]): void {
  const file = glossaryFile(dir);
  attempt(file, leftOut, () => {
    for (const { id, title, html, line } of readGlossary(dir) ?? []) {
      if (glossary.some((term) => term.id === id))
        leftOut.push({ file, line, message: `\`${title}\` is defined already, and that definition stays` });
      else glossary.push({ id, title, html });
    }
  });
}

/** Whatever goes wrong with a file of theirs, also what no parser foresaw, is no reason to keep the course from learners. */
function attempt(file: string, leftOut: Problem[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof LessonError) leftOut.push({ file: error.file, line: error.line, message: error.problem });
    else leftOut.push({ file, line: 1, message: `cannot be read: ${messageOf(error)}` });
  }
}
