// What a learner has done of each lesson: marks and the current step, kept in the store.

import type { LessonProgress } from '../../protocol/session.ts';
import type { Lesson } from '../lessons/load.ts';
import type { Mark, Store } from '../store/store.ts';

export class Progress {
  readonly #store: Store;
  readonly #session: string;
  readonly #marks = new Map<string, Map<string, Mark>>();
  readonly #runs = new Map<string, { current: string | null; ready: boolean }>();

  constructor(store: Store, session: string) {
    this.#store = store;
    this.#session = session;
    for (const { lesson, step, mark } of store.marks(session)) this.#of(lesson).set(step, mark);
    for (const { lesson, current, ready } of store.lessonRuns(session)) this.#runs.set(lesson, { current, ready });
  }

  /** The step being worked on: the chosen one, else the first that has no mark; null when all have one. */
  current(lesson: Lesson): string | null {
    const marks = this.#of(lesson.slug);
    const open = lesson.steps.filter((step) => !marks.has(step.id));
    const chosen = this.#runs.get(lesson.slug)?.current;
    return (open.find((step) => step.id === chosen) ?? open[0])?.id ?? null;
  }

  /** The next step in order that has no mark becomes current, from the beginning again after the last one. */
  mark(lesson: Lesson, step: string, mark: Mark): void {
    const marks = this.#of(lesson.slug);
    if (marks.get(step) === 'passed') return;
    marks.set(step, mark);
    this.#store.setMark(this.#session, lesson.slug, step, mark, Date.now());
    const at = lesson.steps.findIndex((other) => other.id === step);
    const next = lesson.steps.slice(at + 1).find((other) => !marks.has(other.id));
    this.#setRun(lesson.slug, { current: next?.id ?? null });
  }

  /** Makes a step the current one; a skipped one is open again, a passed one stays passed. */
  choose(lesson: Lesson, step: string): void {
    const marks = this.#of(lesson.slug);
    if (marks.get(step) === 'passed') return;
    if (marks.delete(step)) this.#store.clearMark(this.#session, lesson.slug, step);
    this.#setRun(lesson.slug, { current: step });
  }

  begun(lesson: Lesson): boolean {
    return this.#of(lesson.slug).size > 0;
  }
  isReady(lesson: Lesson): boolean {
    return this.#runs.get(lesson.slug)?.ready ?? false;
  }
  /** The sandbox has this lesson's set-up; those of other lessons may have been undone by it. */
  setReady(lesson: Lesson): void {
    this.noneReady();
    this.#setRun(lesson.slug, { ready: true });
  }
  noneReady(): void {
    for (const slug of this.#runs.keys()) this.#setRun(slug, { ready: false });
  }

  restart(lesson: Lesson): void {
    this.#marks.delete(lesson.slug);
    this.#runs.delete(lesson.slug);
    this.#store.clearLesson(this.#session, lesson.slug);
  }

  view(lessons: readonly Lesson[]): Record<string, LessonProgress> {
    const known = lessons.filter(({ slug }) => this.#runs.has(slug) || this.#marks.get(slug)?.size);
    return Object.fromEntries(
      known.map((lesson) => [
        lesson.slug,
        {
          // A step that a newer lesson no longer has is left out.
          marks: Object.fromEntries(
            [...this.#of(lesson.slug)].filter(([id]) => lesson.steps.some((step) => step.id === id)),
          ),
          current: this.current(lesson),
          quizzes: {},
          hints: {},
          shown: [],
        },
      ]),
    );
  }

  #of(lesson: string): Map<string, Mark> {
    let marks = this.#marks.get(lesson);
    if (!marks) this.#marks.set(lesson, (marks = new Map()));
    return marks;
  }

  #setRun(lesson: string, change: Partial<{ current: string | null; ready: boolean }>): void {
    const run = { current: null, ready: false, ...this.#runs.get(lesson), ...change };
    this.#runs.set(lesson, run);
    this.#store.setLessonRun(this.#session, { lesson, ...run });
  }
}
