// What a learner has done of each lesson, kept in the store: marks, the current step, and what a mark rests on.

import type { LessonProgress } from '../../protocol/session.ts';
import type { Lesson } from '../lessons/load.ts';
import type { Mark, Store } from '../store/store.ts';

interface Run {
  current: string | null;
  ready: boolean;
}

/** Of one lesson. */
interface Done {
  marks: Map<string, Mark>;
  checked: Set<string>;
  shown: Set<string>;
  /** By step: quizzes that were answered right. */
  quizzes: Map<string, Set<number>>;
  /** By step: hints, in the order in which they were taken. */
  hints: Map<string, Set<number>>;
}

export class Progress {
  readonly #store: Store;
  readonly #session: string;
  readonly #done = new Map<string, Done>();
  readonly #runs = new Map<string, Run>();

  constructor(store: Store, session: string) {
    this.#store = store;
    this.#session = session;
    for (const { lesson, step, mark } of store.marks(session)) this.#of(lesson).marks.set(step, mark);
    for (const { lesson, current, ready } of store.lessonRuns(session)) this.#runs.set(lesson, { current, ready });
    const { checked, shown, quizzes, hints } = store.steps.of(session);
    for (const { lesson, step } of checked) this.#of(lesson).checked.add(step);
    for (const { lesson, step } of shown) this.#of(lesson).shown.add(step);
    for (const { lesson, step, quiz } of quizzes) numbersOf(this.#of(lesson).quizzes, step).add(quiz);
    for (const { lesson, step, hint } of hints) numbersOf(this.#of(lesson).hints, step).add(hint);
  }

  /** The step being worked on: the chosen one, else the first that has no mark; null when all have one. */
  current(lesson: Lesson): string | null {
    const { marks } = this.#of(lesson.slug);
    const open = lesson.steps.filter((step) => !marks.has(step.id));
    const chosen = this.#runs.get(lesson.slug)?.current;
    return (open.find((step) => step.id === chosen) ?? open[0])?.id ?? null;
  }

  /** The checks have passed, once and for all. True where the step is passed by that. */
  checksPassed(lesson: Lesson, step: string): boolean {
    this.#of(lesson.slug).checked.add(step);
    this.#store.steps.addChecked(this.#session, lesson.slug, step);
    return this.#passIfDone(lesson, step);
  }
  isChecked(lesson: Lesson, step: string): boolean {
    return this.#of(lesson.slug).checked.has(step);
  }

  /** True where the step is passed by that. */
  quizRight(lesson: Lesson, step: string, quiz: number): boolean {
    numbersOf(this.#of(lesson.slug).quizzes, step).add(quiz);
    this.#store.steps.addQuiz(this.#session, lesson.slug, step, quiz);
    return this.#passIfDone(lesson, step);
  }

  hintsTaken(lesson: Lesson, step: string): ReadonlySet<number> {
    return numbersOf(this.#of(lesson.slug).hints, step);
  }
  takeHint(lesson: Lesson, step: string, hint: number): void {
    numbersOf(this.#of(lesson.slug).hints, step).add(hint);
    this.#store.steps.addHint(this.#session, lesson.slug, step, hint);
  }

  setShown(lesson: Lesson, step: string): void {
    this.#of(lesson.slug).shown.add(step);
    this.#store.steps.addShown(this.#session, lesson.slug, step);
  }

  skip(lesson: Lesson, step: string): void {
    this.#mark(lesson, step, 'skipped');
  }

  /** Makes a step the current one; a skipped one is open again, a passed one stays passed. */
  choose(lesson: Lesson, step: string): void {
    const { marks } = this.#of(lesson.slug);
    if (marks.get(step) === 'passed') return;
    if (marks.delete(step)) this.#store.clearMark(this.#session, lesson.slug, step);
    this.#setRun(lesson.slug, { current: step });
  }

  /** Remembers that a lesson was opened, also one without steps, and that it is the open one. */
  opened(lesson: Lesson): void {
    this.#store.setLesson(this.#session, lesson.slug);
    if (!this.#runs.has(lesson.slug)) this.#setRun(lesson.slug, {});
  }
  begun(lesson: Lesson): boolean {
    const { marks, checked, quizzes } = this.#of(lesson.slug);
    return marks.size > 0 || checked.size > 0 || quizzes.size > 0;
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
    this.#done.delete(lesson.slug);
    this.#runs.delete(lesson.slug);
    this.#store.clearLesson(this.#session, lesson.slug);
  }

  view(lessons: readonly Lesson[]): Record<string, LessonProgress> {
    const known = lessons.filter((lesson) => this.#runs.has(lesson.slug) || this.begun(lesson));
    return Object.fromEntries(known.map((lesson) => [lesson.slug, this.#viewOf(lesson)]));
  }

  /** A step, quiz or hint that a newer lesson no longer has is left out. */
  #viewOf(lesson: Lesson): LessonProgress {
    const { marks, checked, shown, quizzes, hints } = this.#of(lesson.slug);
    const view: LessonProgress = {
      marks: {},
      current: this.current(lesson),
      checked: [],
      quizzes: {},
      hints: {},
      shown: [],
    };
    for (const step of lesson.steps) {
      const { id } = step;
      const mark = marks.get(id);
      if (mark) view.marks[id] = mark;
      if (checked.has(id)) view.checked.push(id);
      if (shown.has(id)) view.shown.push(id);
      const right = quizzes.get(id);
      if (right) view.quizzes[id] = step.quizzes.map((_, index) => right.has(index));
      const taken = hints.get(id);
      if (taken) view.hints[id] = [...taken].filter((hint) => hint < step.hints.length);
    }
    return view;
  }

  #passIfDone(lesson: Lesson, id: string): boolean {
    const { marks, checked, quizzes } = this.#of(lesson.slug);
    const step = lesson.steps.find((other) => other.id === id);
    if (!step || marks.get(id) === 'passed') return false;
    if (step.checks.length > 0 && !checked.has(id)) return false;
    if (!step.quizzes.every((_, index) => quizzes.get(id)?.has(index))) return false;
    this.#mark(lesson, id, 'passed');
    return true;
  }

  /** The next step in order that has no mark becomes current, from the beginning again after the last one. */
  #mark(lesson: Lesson, step: string, mark: Mark): void {
    const { marks } = this.#of(lesson.slug);
    if (marks.get(step) === 'passed') return;
    const wasCurrent = this.current(lesson) === step;
    marks.set(step, mark);
    this.#store.setMark(this.#session, lesson.slug, step, mark, Date.now());
    if (!wasCurrent) return;
    const at = lesson.steps.findIndex((other) => other.id === step);
    const next = lesson.steps.slice(at + 1).find((other) => !marks.has(other.id));
    this.#setRun(lesson.slug, { current: next?.id ?? null });
  }

  #of(lesson: string): Done {
    let done = this.#done.get(lesson);
    if (!done) {
      done = { marks: new Map(), checked: new Set(), shown: new Set(), quizzes: new Map(), hints: new Map() };
      this.#done.set(lesson, done);
    }
    return done;
  }

  #setRun(lesson: string, change: Partial<Run>): void {
    const run = { current: null, ready: false, ...this.#runs.get(lesson), ...change };
    this.#runs.set(lesson, run);
    this.#store.setLessonRun(this.#session, { lesson, ...run });
  }
}

function numbersOf(map: Map<string, Set<number>>, step: string): Set<number> {
  let numbers = map.get(step);
  if (!numbers) map.set(step, (numbers = new Set()));
  return numbers;
}
