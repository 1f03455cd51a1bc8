// Runs one step's checks when something happened, asks again what is not yet so, and says what came out.

import { SlipwayError } from '../errors.ts';
import type { Outcome } from './types.ts';

/** Within an evaluation: 50 ms doubling, until this much has passed. */
const RETRY_FIRST_MS = 50;
const RETRY_UNTIL_MS = 2_000;
/** What happens meanwhile begins that anew, for so long: who makes something happen all the time is answered too. */
const ANEW_UNTIL_MS = 4_000;
/** An engine or registry that hangs ends one evaluation in an error. */
const EVALUATION_MS = 8_000;
/** After a fail nothing is asked but at these times, and when something happens. */
const LOOK_AGAIN_MS = [5_000, 15_000, 30_000];
/** After an error it is asked again and again, for as long as it stays one. */
const ERROR_AGAIN_MS = 5_000;
/** A command that is still running may be half done: its fail waits this long. */
const HOLD_MS = 1_500;

export type RunnerVerdict = { state: 'pass' } | { state: 'fail'; message: string } | { state: 'error'; error: unknown };

export interface RunnerOptions {
  /** Asks every check of the step once; throws what is our own fault. */
  evaluate: () => Promise<Outcome>;
  /** Whether a command of the learner's is running right now. */
  commandRunning: () => boolean;
  onVerdict: (verdict: RunnerVerdict) => void;
}

/** `attempt`: the learner did something about the step, so a fail is worth saying. Otherwise only a pass is told. */
export interface Trigger {
  attempt: boolean;
}

export class CheckRunner {
  readonly #options: RunnerOptions;
  #stopped = false;
  #pending: Trigger | null = null;
  #running = false;
  #wake: (() => void) | null = null;
  #later: NodeJS.Timeout[] = [];
  /** The fail that the learner reads. */
  #told: string | null = null;
  /** An attempt ended in an error, or its fail waits for the command's end: its verdict is still to come. */
  #owed = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Evaluates now, or right after the evaluation that is under way. */
  trigger(trigger: Trigger): void {
    if (this.#stopped) return;
    this.#pending = { attempt: trigger.attempt || (this.#pending?.attempt ?? false) };
    this.#wake?.();
    if (!this.#running) void this.#run();
  }

  /** False while an evaluation is under way or about to begin. */
  get idle(): boolean {
    return this.#stopped || (!this.#running && !this.#pending);
  }

  stop(): void {
    this.#stopped = true;
    this.#clearLater();
    this.#wake?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    let beganMs = performance.now();
    while (this.#pending && !this.#stopped) {
      const { attempt } = this.#pending;
      this.#pending = null;
      this.#clearLater();
      const verdict = await this.#evaluate(beganMs + ANEW_UNTIL_MS);
      if (this.#stopped) break;
      if (verdict !== null) beganMs = performance.now();
      if (verdict === null) this.#pending = { attempt: attempt || (this.#pending as Trigger | null)?.attempt === true };
      else if (verdict.state === 'fail') this.#failed(verdict, attempt || this.#owed);
      else if (verdict.state === 'error') this.#erred(verdict, attempt);
      else this.#tell(verdict);
    }
    this.#running = false;
  }

  /** Null where something new happened while it waited: what it saw is out of date. */
  async #evaluate(latestMs = Number.POSITIVE_INFINITY): Promise<RunnerVerdict | null> {
    const deadline = Math.min(performance.now() + RETRY_UNTIL_MS, latestMs);
    for (let delay = RETRY_FIRST_MS; ; delay *= 2) {
      try {
        const outcome = await inTime(this.#options.evaluate());
        if (outcome.state !== 'notYet') return outcome;
        if (performance.now() >= deadline) return { state: 'fail', message: outcome.message };
      } catch (error) {
        if (performance.now() >= deadline) return { state: 'error', error };
      }
      await this.#wait(Math.min(delay, deadline - performance.now()));
      if (this.#pending || this.#stopped) return null;
    }
  }

  #failed(verdict: RunnerVerdict & { state: 'fail' }, attempt: boolean): void {
    const hold = attempt && this.#options.commandRunning();
    if ((attempt && !hold) || this.#isMended(verdict)) this.#tell(verdict);
    if (hold) this.#owed = true;
    const again = hold ? [HOLD_MS, ...LOOK_AGAIN_MS] : LOOK_AGAIN_MS;
    for (const ms of again) this.#after(ms, () => void this.#lookAgain(ms === HOLD_MS));
  }

  #erred(verdict: RunnerVerdict & { state: 'error' }, attempt: boolean): void {
    this.#owed ||= attempt || this.#told !== null;
    this.#tell(verdict);
    this.#after(ERROR_AGAIN_MS, () => this.trigger({ attempt: false }));
  }

  async #lookAgain(tellFail: boolean): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    const verdict = await this.#evaluate();
    this.#running = false;
    if (this.#stopped) return;
    if (this.#pending) return void this.#run();
    if (!verdict) return;
    if (verdict.state === 'error') {
      this.#clearLater();
      this.#erred(verdict, false);
    } else if (verdict.state === 'pass' || tellFail || this.#isMended(verdict)) this.#tell(verdict);
  }

  #tell(verdict: RunnerVerdict): void {
    this.#told = verdict.state === 'fail' ? verdict.message : null;
    if (verdict.state !== 'error') this.#owed = false;
    this.#options.onVerdict(verdict);
    if (verdict.state === 'pass') this.stop();
  }

  /** What the learner reads is true no more: the words for what is so now take its place. */
  #isMended(verdict: RunnerVerdict & { state: 'fail' }): boolean {
    return this.#told !== null && this.#told !== verdict.message && !this.#options.commandRunning();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms));
      this.#wake = () => (clearTimeout(timer), resolve());
    });
  }

  #after(ms: number, work: () => void): void {
    const timer = setTimeout(work, ms);
    timer.unref();
    this.#later.push(timer);
  }

  #clearLater(): void {
    for (const timer of this.#later) clearTimeout(timer);
    this.#later = [];
  }
}

/** The promise's outcome, or an error after EVALUATION_MS. */
function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new SlipwayError('check-slow', `engine and registry gave no answer in ${EVALUATION_MS / 1000} s`, {
            next: 'This is tried again by itself. If it stays like this, start again with a fresh sandbox.',
          }),
        ),
      EVALUATION_MS,
    );
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
