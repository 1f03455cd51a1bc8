// A learner without a page: waits for a computer as all do, and types the solutions of a lesson in its real shell.

import { rightAnswer } from '../lessons/answer.ts';
import type { Lesson } from '../lessons/load.ts';
import type { LessonStep } from '../lessons/parse.ts';
import type { WaitReason } from '../sandboxes/supply.ts';
import { Typist } from '../terminal/typist.ts';
import { digestsFor } from './proof-quizzes.ts';
import type { LearnerSession } from './session.ts';
import type { Sessions } from './sessions.ts';

/** What became of what was done so far. */
export interface Done {
  commands: { tried: number; succeeded: number };
  steps: { tried: number; passed: number };
  /** From the end of a step's last command until its checks had passed, in ms. */
  verdictsMs: number[];
}

const COMMAND_MS = 60_000;
const VERDICT_MS = 30_000;

export class HeadlessLearner {
  readonly done: Done = { commands: { tried: 0, succeeded: 0 }, steps: { tried: 0, passed: 0 }, verdictsMs: [] };
  readonly #sessions: Sessions;
  readonly #session: LearnerSession;
  readonly #lesson: Lesson;
  readonly #stop: AbortSignal;
  /** A place in line is kept while somebody listens. */
  readonly #unlisten: () => void;
  #typist: Typist | null = null;
  #sandbox: string | null = null;

  /** `stop`: nothing is typed and nothing is waited for any more. */
  constructor(sessions: Sessions, lesson: Lesson, stop: AbortSignal) {
    this.#sessions = sessions;
    this.#lesson = lesson;
    this.#stop = stop;
    this.#session = sessions.create().session;
    this.#unlisten = this.#session.listen({ onChange: () => {}, onSandbox: () => {} });
  }

  /** Why there is no computer yet; null where there is one. */
  get waitsFor(): WaitReason | null {
    const { setup } = this.#session;
    return setup.state === 'waiting' ? setup.why : null;
  }

  /** Whether the computer that it got is gone. */
  get lost(): boolean {
    return this.#sandbox !== null && this.#session.sandbox?.id !== this.#sandbox;
  }

  /** Opens the lesson; true once its computer is ready for it, false where that was not to be before `late`. Throws `full`. */
  async arrive(late: AbortSignal): Promise<boolean> {
    const session = this.#session;
    await session.open(this.#lesson);
    const settled = () => session.setup.state === 'failed' || (session.setup.state === 'ready' && !!session.sandbox);
    if (!(await this.#until(settled, late)) || session.setup.state === 'failed' || !session.sandbox) return false;
    const { shell, nonce, id } = session.sandbox;
    this.#typist = await Typist.connect({ shell, nonce, from: 0, signal: this.#stop });
    this.#sandbox = id;
    return true;
  }

  /** Types a step's solution, waits for its verdict and answers its questions; what does not pass is skipped. */
  async take(step: LessonStep): Promise<void> {
    const stop = this.#stop;
    const lesson = this.#lesson;
    const session = this.#session;
    if (session.progressIn(lesson)?.current !== step.id) await session.chooseStep(lesson, step.id);
    let checkedMs = Number.NaN;
    const isChecked = () => {
      if (Number.isNaN(checkedMs) && this.#hasChecked(step)) checkedMs = performance.now();
      return !Number.isNaN(checkedMs);
    };
    // It may pass before its end is heard of here.
    const unobserve = session.observe(isChecked);
    try {
      await this.#solve(step);
      if (step.checks.length > 0 && (await this.#until(isChecked, stop, VERDICT_MS)))
        this.done.verdictsMs.push(Math.max(0, checkedMs - (this.#typist?.endedMs ?? 0)));
    } finally {
      unobserve();
    }
    if (stop.aborted) return;
    for (const [index, quiz] of step.quizzes.entries())
      await session.help.answer(lesson, step, index, await rightAnswer(quiz, digestsFor(session)));
    const passed = session.progressIn(lesson)?.marks[step.id] === 'passed';
    this.done.steps.tried += 1;
    if (passed) this.done.steps.passed += 1;
    else await session.skipStep(lesson, step.id);
  }

  /** With its computer, or its place in line. */
  async leave(): Promise<void> {
    this.#typist?.close();
    this.#unlisten();
    await this.#sessions.erase(this.#session);
  }

  async #solve(step: LessonStep): Promise<void> {
    const signal = this.#stop;
    const { commands } = this.done;
    for await (const lines of this.#session.help.solution(this.#lesson, step)) {
      if (signal.aborted || !this.#typist) return;
      const options = { commandMs: COMMAND_MS, cut: true, enough: () => signal.aborted };
      const ended = await this.#typist.type(lines, options);
      if (signal.aborted) return;
      commands.tried += 1;
      if (ended && this.#typist.exitCode === 0) commands.succeeded += 1;
    }
  }

  #hasChecked(step: LessonStep): boolean {
    const progress = this.#session.progressIn(this.#lesson);
    return progress?.marks[step.id] === 'passed' || (progress?.checked.includes(step.id) ?? false);
  }

  /** Whether it came to be so. Nothing is looked at in between: the session tells. */
  #until(condition: () => boolean, signal: AbortSignal, withinMs?: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const look = () => {
      if (condition()) resolve(true);
    };
    const end = () => resolve(condition());
    const unobserve = this.#session.observe(look);
    const timer = withinMs === undefined ? undefined : setTimeout(end, withinMs);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    look();
    return promise.finally(() => {
      unobserve();
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    });
  }
}
