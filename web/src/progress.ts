// What a session says about lessons and steps: each step's state, how far a lesson is, and where to go on.

import type { LessonSummary } from '../../protocol/lesson.ts';
import type { LessonProgress, Session } from '../../protocol/session.ts';

export type StepState = 'todo' | 'current' | 'passed' | 'skipped';
type Steps = Pick<LessonSummary, 'slug' | 'steps'>;

/** Of a lesson in which nothing has been done; it stands at this step. */
export const untouched = (current: string | null): LessonProgress => ({
  marks: {},
  current,
  checked: [],
  quizzes: {},
  hints: {},
  shown: [],
});

/** A lesson's progress; one never opened stands at its first step. */
export function progressOf(session: Session | null, lesson: Steps): LessonProgress {
  return session?.progress[lesson.slug] ?? untouched(lesson.steps[0]?.id ?? null);
}

/** The state of a step. The current one is `current` even where it was skipped or passed before. */
export function stepState(progress: LessonProgress, step: string): StepState {
  if (progress.current === step) return 'current';
  return progress.marks[step] ?? 'todo';
}

/** Which of a step's quizzes were answered right. */
export function quizzesRight(progress: LessonProgress, step: { id: string; quizzes: readonly unknown[] }): boolean[] {
  return step.quizzes.map((_, index) => progress.quizzes[step.id]?.[index] ?? false);
}

/** How many of a lesson's steps were passed, skipped, and are there at all; marks of steps since removed do not count. */
export function countSteps(progress: LessonProgress, lesson: Steps) {
  const marks = lesson.steps.map((step) => progress.marks[step.id]);
  return {
    passed: marks.filter((mark) => mark === 'passed').length,
    skipped: marks.filter((mark) => mark === 'skipped').length,
    all: lesson.steps.length,
  };
}

export type ListEntry = {
  lesson: LessonSummary;
  passed: number;
  all: number;
  /** What it builds on. */
  needs: readonly { slug: string; language: string; title: string; done: boolean }[];
  note: EntryNote;
};
/** `resume` names the step to go on with; at most one entry of a list is `resume`, `begin` or `next`. */
export type EntryNote =
  | { kind: 'none' }
  | { kind: 'done' }
  | { kind: 'begin' }
  | { kind: 'next' }
  | { kind: 'resume'; step: string };

/** Entries that stand under one heading; null: the course. */
export type ListGroup = { heading: string | null; entries: ListEntry[] };

/** In the order in which their first entries come. */
export function listGroups(entries: readonly ListEntry[]): ListGroup[] {
  const groups = Map.groupBy(entries, ({ lesson }) => lesson.heading);
  return [...groups].map(([heading, entries]) => ({ heading, entries }));
}

/** The list of lessons with each one's progress and the one to go on with. */
export function listEntries(lessons: LessonSummary[], session: Session | null): ListEntry[] {
  const entries = lessons.map((lesson) => {
    const progress = progressOf(session, lesson);
    const { passed, skipped, all } = countSteps(progress, lesson);
    const started = passed + skipped > 0 || session?.lesson === lesson.slug;
    return { lesson, progress, passed, all, started, done: all > 0 && passed + skipped >= all };
  });
  // A page to read is never finished, and nobody is sent there.
  const unfinished = entries.filter(({ lesson, done, all }) => !done && all > 0 && !lesson.notOpenYet);
  const choice =
    unfinished.find((entry) => entry.lesson.slug === session?.lesson) ??
    unfinished.findLast((entry) => entry.started) ??
    unfinished[0];
  const anyStarted = entries.some((entry) => entry.started);
  return entries.map(({ lesson, progress, passed, all, started, done }) => {
    const step = lesson.steps.find(({ id }) => id === progress.current)?.title;
    let note: EntryNote = done ? { kind: 'done' } : { kind: 'none' };
    if (choice?.lesson === lesson) {
      if (started && step) note = { kind: 'resume', step };
      else note = anyStarted ? { kind: 'next' } : { kind: 'begin' };
    }
    const needs = entries
      .filter((other) => lesson.needs.includes(other.lesson.slug))
      .map(({ lesson: { slug, language, title }, done }) => ({ slug, language, title, done }));
    return { lesson, passed, all, needs, note };
  });
}
