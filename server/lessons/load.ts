// Reads every lesson from its folder and keeps them in order.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonSummary, Lesson as LessonView } from '../../protocol/lesson.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import { readLessonFile } from './files.ts';
import { requireNeeds } from './needs.ts';
import { type ParsedLesson, parseLesson } from './parse.ts';
import { type Attempt, attemptsSchema } from './schema.ts';
import { differences, languageOf, withTexts } from './translation.ts';
import { LessonError, parseYaml } from './yaml.ts';

const FOLDER = /^\d{2}-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

export interface Lesson extends ParsedLesson {
  slug: string;
  /** Folder name, `03-run-your-own-registry`. */
  folder: string;
  /** Of the lessons that it is among. */
  dir: string;
  /** Where it is not of the course: what it stands under in the list. */
  heading: string | null;
  /** Of its texts, a BCP 47 tag. */
  language: string;
  /** The same lesson in other languages; a translation has none. */
  translations: readonly Lesson[];
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

  /** Those of these slugs, in their order; what is no longer offered is left out. */
  only(slugs: readonly string[]): Lessons {
    return new Lessons(slugs.flatMap((slug) => this.all.find((lesson) => lesson.slug === slug) ?? []));
  }
}

/** Throws LessonError for the first broken lesson, SlipwayError where the folder cannot be read. */
export function loadLessons(dir: string): Lessons {
  const lessons = foldersIn(dir)
    .filter(isLessonFolder)
    .sort()
    .map((folder) => loadLesson(dir, folder));
  for (const [at, lesson] of lessons.entries()) requireNeeds(lesson, lessons.slice(0, at));
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

/** With its translations. Throws LessonError. */
export function loadLesson(dir: string, folder: string, heading: string | null = null): Lesson {
  const english = loadEnglish(dir, folder, heading);
  const translations = translationsOf(english).map(({ language, file }) => {
    const translated = loadTranslation(english, file);
    const [problem] = differences(english, translated);
    if (problem) throw new LessonError(file, problem.line, problem.message);
    return { ...withTexts(english, translated), language };
  });
  return { ...english, translations };
}

/** Throws LessonError. */
export function loadEnglish(dir: string, folder: string, heading: string | null = null): Lesson {
  const file = join(dir, folder, 'lesson.md');
  const slug = FOLDER.exec(folder)?.[1] ?? folder;
  const parsed = parseLesson(readLessonFile(file, dir), file);
  return { slug, folder, dir, heading, language: 'en', translations: [], ...parsed };
}

/** The files `lesson.de.md` beside a lesson. */
export function translationsOf({ dir, folder }: Lesson): { language: string; file: string }[] {
  return readdirSync(join(dir, folder))
    .sort()
    .flatMap((name) => {
      const language = languageOf(name);
      return language === null ? [] : [{ language, file: join(dir, folder, name) }];
    });
}

/** Throws LessonError. */
export function loadTranslation(english: Lesson, file: string): ParsedLesson {
  return parseLesson(readLessonFile(file, english.dir), file, english);
}

/** In one of the languages that it is there in, as `choose` says; English where that says false. */
export function lessonIn(lesson: Lesson, choose: (languages: string[]) => string | false): Lesson {
  if (lesson.translations.length === 0) return lesson;
  const chosen = choose(['en', ...lesson.translations.map(({ language }) => language)]);
  return lesson.translations.find(({ language }) => language === chosen) ?? lesson;
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
  const { slug, language, title, summary, minutes, needs, heading } = lesson;
  const steps = lesson.steps.map(({ id, title }) => ({ id, title }));
  return { slug, language, title, summary, minutes, needs, heading, steps };
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
