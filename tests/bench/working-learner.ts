// A headless learner who takes a lesson's steps, one after the other, at times that nobody foresees.

import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import type { Lesson } from '../../server/lessons/load.ts';
import { type Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { pause } from './figures.ts';

/** What a learner takes for a step, on average. */
const STEP_MS = 60_000;
const COMMAND_MS = 60_000;

export class WorkingLearner {
  /** Calls with a step that has passed and when its last command had ended, on `performance.now()`. */
  onPass: (step: string, endedAt: number) => void = () => {};
  readonly verdicts: number[] = [];
  readonly echoes: number[] = [];
  readonly failures: string[] = [];
  tried = 0;
  succeeded = 0;
  readonly #learner: Learner;
  readonly #terminal: LearnerTerminal;
  readonly #lesson: Lesson;
  /** Exit codes of the commands so far. */
  #exits: string[] = [];
  #endedAt = 0;
  #judgedAt = 0;
  #isJudged: (session: Session) => boolean = () => false;
  #onOutput: () => void = () => {};

  private constructor(learner: Learner, terminal: LearnerTerminal, lesson: Lesson) {
    this.#learner = learner;
    this.#terminal = terminal;
    this.#lesson = lesson;
    terminal.socket.on('message', (data: Buffer, binary: boolean) => {
      const now = performance.now();
      if (!binary) {
        if (this.#judgedAt > 0) return;
        const message = JSON.parse(data.toString('utf8')) as { session?: Session };
        if (message.session && this.#isJudged(message.session)) this.#judgedAt = now;
        return;
      }
      this.#onOutput();
      for (const [, exit = ''] of data.toString('latin1').matchAll(/\x1b\]633;D;(\d+)/g)) {
        this.#exits.push(exit);
        this.#endedAt = now;
      }
    });
  }

  /** Resolves at the prompt, with the lesson set up. */
  static async arrive(learner: Learner, lesson: Lesson): Promise<WorkingLearner> {
    await learner.post(routes.open(lesson.slug));
    await until(async () => (await learner.session()).setup.state === 'ready', 'the set-up', COMMAND_MS);
    const terminal = await learner.terminal();
    await terminal.shows('# ');
    terminal.keeping = false;
    return new WorkingLearner(learner, terminal, lesson);
  }

  /** Whether the line to the terminal was closed. */
  get isDropped(): boolean {
    return this.#terminal.closeCode !== null;
  }

  /** Steps come as a Poisson process; one that takes longer delays the next. Resolves with whether all were taken by `end`. */
  async work(end: number, stepMs = STEP_MS): Promise<boolean> {
    let at = Date.now();
    for (const step of this.#lesson.steps) {
      at = Math.max(Date.now(), at - Math.log(1 - Math.random()) * stepMs);
      if (at >= end) return false;
      await pause(at - Date.now());
      await this.#echo();
      await this.#take(step).catch((error: Error) => this.failures.push(`${step.id}: ${error.message}`));
    }
    return true;
  }

  async #take(step: Lesson['steps'][number]): Promise<void> {
    this.#judgedAt = 0;
    this.#isJudged = (session) => session.progress[this.#lesson.slug]?.marks[step.id] === 'passed';
    for (const line of step.solution) await this.#run(line);
    if (step.quizzes.length > 0) return void (await this.#learner.post(routes.skipStep(this.#lesson.slug, step.id)));
    await until(() => this.#judgedAt > 0, 'its pass');
    this.verdicts.push(Math.max(0, this.#judgedAt - this.#endedAt));
    this.onPass(step.id, this.#endedAt);
  }

  async #run(line: string): Promise<void> {
    const ended = this.#exits.length;
    this.tried += 1;
    this.#terminal.type(`${line}\r`);
    await until(() => this.#exits.length > ended, `the end of ${line}`, COMMAND_MS);
    if (this.#exits.at(-1) !== '0') throw new Error(`${line} ended with ${this.#exits.at(-1)}`);
    this.succeeded += 1;
  }

  async #echo(): Promise<void> {
    const shown = new Promise<void>((resolve) => {
      this.#onOutput = resolve;
    });
    const began = performance.now();
    this.#terminal.type('x');
    await Promise.race([shown, pause(COMMAND_MS)]);
    this.echoes.push(performance.now() - began);
    this.#onOutput = () => {};
    this.#terminal.type('\x7f');
    await pause(200);
  }
}
