// Reads every lesson from its folder and keeps them in order.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonSummary, Lesson as LessonView } from '../../protocol/lesson.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { readLessonFile } from './files.ts';
import { type ParsedLesson, parseLesson } from './parse.ts';
import { type Attempt, attemptsSchema } from './schema.ts';
import { parseYaml } from './yaml.ts';

const FOLDER = /^\d{2}-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

export interface Lesson extends ParsedLesson {
  slug: string;
  /** Folder name, `03-run-your-own-registry`. */
  folder: string;
  /** Of the lessons that it is among. */
  dir: string;
  /** Where it is not of the course: what it stands under in the list. */
  heading: string | null;
}

export class Lessons {
  readonly all: readonly Lesson[];

  constructor(all: readonly Lesson[]) {
    this.all = all;
  }

  /** Throws SlipwayError `unknown-lesson`, status 404. */
  get(slug: string): Lesson {
    const lesson = this.all.find((other) => other.slug === slug);
    if (lesson) return lesson;
    throw new SlipwayError('unknown-lesson', 'There is no such lesson.', {
      next: 'Choose one from the list of lessons.',
      status: 404,
    });
  }

  /** The next one of the same folder. */
  after(lesson: Lesson): Lesson | null {
    const next = this.all[this.all.indexOf(lesson) + 1];
    return next?.dir === lesson.dir ? next : null;
  }
}

/** Throws LessonError for the first broken lesson, SlipwayError where the folder cannot be read. */
export function loadLessons(dir: string): Lessons {
  const lessons = foldersIn(dir)
    .filter(isLessonFolder)
    .sort()
    .map((folder) => loadLesson(dir, folder));
  if (lessons.length > 0) return new Lessons(lessons);
  throw new SlipwayError('lessons', `${dir} has no lesson (a folder NN-slug with a lesson.md)`, {
    next: 'Name their folder with --lessons-dir.',
  });
}

/** In any order. Throws SlipwayError. */
export function foldersIn(dir: string, flag = '--lessons-dir'): string[] {
  try {
    return (
      readdirSync(dir, { withFileTypes: true })
        .filter(({ name }) => !name.startsWith('.'))
        // A link that leads out is told of when its lesson is read.
        .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && isLessonFolder(entry.name)))
        .map((entry) => entry.name)
    );
  } catch (error) {
    throw new SlipwayError('lessons', `the lessons cannot be read: ${messageOf(error)}`, {
      next: `Name their folder with ${flag}.`,
      cause: error,
    });
  }
}

export function isLessonFolder(name: string): boolean {
  return FOLDER.test(name);
}

/** Throws LessonError. */
export function loadLesson(dir: string, folder: string, heading: string | null = null): Lesson {
  const file = join(dir, folder, 'lesson.md');
  const slug = FOLDER.exec(folder)?.[1] ?? folder;
  return { slug, folder, dir, heading, ...parseLesson(readLessonFile(file, dir), file) };
}

/** The wrong attempts that are listed beside a lesson; none where there is no such file. Throws LessonError. */
export function loadAttempts(lesson: Lesson): Attempt[] {
  const file = attemptsFile(lesson);
  if (!existsSync(file)) return [];
  const known = lesson.steps.map(({ id }) => id);
  const ofLesson = attemptsSchema.superRefine((attempts, context) => {
    for (const [index, { step }] of attempts.entries()) {
      if (known.includes(step)) continue;
      const message = `there is no step \`${step}\``;
      context.addIssue({ code: 'custom', message, path: [index, 'step'], params: { word: step, known } });
    }
  });
  return parseYaml(readLessonFile(file, lesson.dir), ofLesson, file, 1);
}

export function attemptsFile({ dir, folder }: Lesson): string {
  return join(dir, folder, 'attempts.yaml');
}

export function summaryOf(lesson: Lesson): LessonSummary {
  const { slug, title, summary, minutes, heading, steps } = lesson;
  return { slug, title, summary, minutes, heading, steps: steps.map(({ id, title }) => ({ id, title })) };
}

export function viewOf(lesson: Lesson, next: Lesson | null): LessonView {
  return {
    ...summaryOf(lesson),
    introHtml: lesson.introHtml,
    goals: lesson.goals,
    sources: lesson.sources,
    steps: lesson.steps.map(({ id, title, html, hints, quizzes, solution }) => ({
      id,
      title,
      html,
      hints: hints.map(({ html }) => html),
      quizzes: quizzes.map(({ shown }) => shown),
      showable: solution.length > 0,
    })),
    next: next?.slug ?? null,
  };
}
