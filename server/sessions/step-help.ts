// What a learner asks of a step besides its checks: questions, hints, the solution, evidence, and to report a wrong check.

import type { QuizAnswer } from '../../protocol/lesson.ts';
import type { DoneStep, Evidence } from '../../protocol/session.ts';
import type { World } from '../checks/types.ts';
import { messageOf } from '../errors.ts';
import type { Judgement } from '../lessons/answer.ts';
import type { Lesson } from '../lessons/load.ts';
import type { LessonStep } from '../lessons/parse.ts';
import type { Store } from '../store/store.ts';
import type { LearnerComputer } from './computer.ts';
import { demonstrate } from './demonstration.ts';
import { doneWith } from './done-with.ts';
import { nextHint } from './hints.ts';
import type { Judging } from './judging.ts';
import { noTerminal, notOpen, notShowable, promptBusy, showRunning, tooManyReports, unknownQuiz } from './problems.ts';
import type { Progress } from './progress.ts';
import { judge } from './quizzes.ts';
import { filledSolution, valuesOf } from './values.ts';

export interface StepHelpOptions {
  session: string;
  store: Store;
  progress: Progress;
  computer: LearnerComputer;
  judging: Judging;
  log: { warn(fields: object, text: string): void };
  isOpen: (lesson: Lesson) => boolean;
  /** The open lesson's, to be looked at only; null while it is being made. */
  world: () => World | null;
  onChange: () => void;
  /** The current step has passed. */
  onPassed: (lesson: Lesson) => void;
}

export class StepHelp {
  readonly #options: StepHelpOptions;
  #showing = false;

  constructor(options: StepHelpOptions) {
    this.#options = options;
  }

  /** Takes the next hint that fits; nothing changes where none does. Throws `not-open`. */
  async hint(lesson: Lesson, step: LessonStep): Promise<void> {
    const { progress, world, onChange } = this.#options;
    this.#mustBeOpen(lesson);
    const hint = await nextHint(step, progress.hintsTaken(lesson, step.id), world());
    if (hint === null) return;
    progress.takeHint(lesson, step.id, hint);
    onChange();
  }

  /** All answers are kept; a right one counts. Throws `bad-answer`, and what to do where an answer cannot be judged now. */
  async answer(lesson: Lesson, step: LessonStep, quiz: number, answer: QuizAnswer): Promise<Judgement> {
    const { session, store, progress, onChange, onPassed } = this.#options;
    const asked = step.quizzes[quiz];
    if (!asked) throw unknownQuiz();
    const judgement = await judge(asked, answer, this.#worldOf(lesson));
    const { right } = judgement;
    store.quizTries.add(session, { lesson: lesson.slug, step: step.id, quiz, answer, right, atMs: Date.now() });
    if (!right) return judgement;
    const wasCurrent = progress.current(lesson) === step.id;
    const passed = progress.quizRight(lesson, step.id, quiz);
    if (passed && wasCurrent) onPassed(lesson);
    else onChange();
    return judgement;
  }

  /** The learner's own values of a step's placeholders; one that has none now is left out. */
  async values(lesson: Lesson, step: LessonStep): Promise<Record<string, string>> {
    const world = this.#worldOf(lesson);
    return world ? valuesOf(step.fills, world) : {};
  }

  /** As `filledSolution`. Throws `no-terminal`. */
  solution(lesson: Lesson, step: LessonStep): AsyncIterable<string[]> {
    const world = this.#worldOf(lesson);
    if (!world) throw noTerminal();
    return filledSolution(step, world);
  }

  /**
   * Begins to type a step's solution into the learner's terminal. Throws `not-open`, `not-showable`, `no-terminal`,
   * `show-running` and `prompt-busy`.
   */
  async show(lesson: Lesson, step: LessonStep): Promise<void> {
    const { computer, progress, log, onChange } = this.#options;
    this.#mustBeOpen(lesson);
    if (step.solution.length === 0) throw notShowable();
    const commands = this.solution(lesson, step);
    const { sandbox, promptByte, watched } = computer;
    if (!sandbox || !watched) throw noTerminal();
    if (this.#showing) throw showRunning();
    if (computer.commandRunning) throw promptBusy();
    this.#showing = true;
    const done = () => {
      this.#showing = false;
    };
    const failed = (error: unknown) =>
      log.warn({ lesson: lesson.slug, step: step.id, error: messageOf(error) }, 'a solution could not be shown');
    const { typed } = await demonstrate({ sandbox, commands, promptByte, signal: watched }).catch((error) => {
      done();
      failed(error);
      throw noTerminal();
    });
    progress.setShown(lesson, step.id);
    onChange();
    typed.catch(failed).finally(done);
  }

  /** What the newest verdict on a step rests on, or null. */
  evidence(lesson: Lesson, step: string): Evidence | null {
    const { session, store } = this.#options;
    return store.evidence.newest(session, lesson.slug, step) as Evidence | null;
  }

  /** What each step that a check has passed was done with, in the lesson's order. */
  done(lesson: Lesson): DoneStep[] {
    const { session, store } = this.#options;
    const passes = new Map(store.evidence.passes(session, lesson.slug).map(({ step, evidence }) => [step, evidence]));
    return lesson.steps.flatMap(({ id }) => (passes.has(id) ? [doneWith(id, passes.get(id) as Evidence)] : []));
  }

  /** Keeps what a learner calls wrong, with what was seen, for whoever runs Slipway. Throws `too-many-reports`. */
  report(lesson: Lesson, step: string, note: string): void {
    const { session, store, progress, isOpen, judging } = this.#options;
    const isCurrent = isOpen(lesson) && progress.current(lesson) === step;
    const evidence = (isCurrent ? judging.seen : null) ?? this.evidence(lesson, step);
    const report = { session, lesson: lesson.slug, step, atMs: Date.now(), note, evidence };
    if (!store.evidence.addReport(report)) throw tooManyReports();
  }

  #worldOf(lesson: Lesson): World | null {
    return this.#options.isOpen(lesson) ? this.#options.world() : null;
  }

  #mustBeOpen(lesson: Lesson): void {
    if (!this.#options.isOpen(lesson)) throw notOpen();
  }
}
