// Checks one step for as long as it is the current one, and keeps what the newest verdict rests on.

import type { Evidence } from '../../protocol/session.ts';
import { askedBy } from '../checks/attempt.ts';
import { diagnose } from '../checks/diagnose.ts';
import { evaluateAll } from '../checks/items.ts';
import type { Journal } from '../checks/journal.ts';
import { type Fact, observe } from '../checks/observe.ts';
import { CheckRunner, type RunnerVerdict, type Trigger } from '../checks/runner.ts';
import type { Outcome, World } from '../checks/types.ts';
import { SlipwayError } from '../errors.ts';
import type { LessonStep } from '../lessons/parse.ts';
import { tell } from '../tally.ts';
import { evidenceOf } from './evidence.ts';

export interface StepChecksOptions {
  step: LessonStep;
  world: World;
  journal: Journal;
  commandRunning: () => boolean;
  onPass: (evidence: Evidence) => void;
  onTell: (verdict: Told, evidence: Evidence) => void;
  /** What was told last is no longer so. */
  onMended: () => void;
}

export type Told = { state: 'fail'; message: string } | { state: 'error'; message: string; error: unknown };

export class StepChecks {
  readonly #options: StepChecksOptions;
  readonly #runner: CheckRunner;
  /** Of the newest evaluation: what came out, and what was asked for it. */
  #seen: { said: string; facts: () => Fact[] } = { said: '', facts: () => [] };
  #told: { state: Told['state']; evidence: Evidence } | null = null;
  #mended: NodeJS.Immediate | undefined;
  /** When something was tried of which nothing was told yet. */
  #askedMs: number | null = null;

  constructor(options: StepChecksOptions) {
    this.#options = options;
    this.#runner = new CheckRunner({
      evaluate: () => this.#evaluate(),
      commandRunning: options.commandRunning,
      onVerdict: (verdict) => this.#judged(verdict),
    });
    this.trigger({ attempt: false });
  }

  trigger(trigger: Trigger): void {
    if (trigger.attempt) this.#askedMs ??= performance.now();
    this.#runner.trigger(trigger);
  }
  get idle(): boolean {
    return this.#runner.idle;
  }
  stop(): void {
    clearImmediate(this.#mended);
    this.#runner.stop();
  }

  /** Of what the learner was told, while it holds; else what was seen last, though nothing was told of it. */
  get evidence(): Evidence {
    if (this.#told) return this.#told.evidence;
    return evidenceOf({ verdict: 'fail', message: this.#seen.said }, this.#options.journal, this.#seen.facts());
  }

  async #evaluate(): Promise<Outcome> {
    const { step, journal } = this.#options;
    const { world, facts } = observe(this.#options.world);
    this.#seen = { said: '', facts };
    const outcome = diagnose(await evaluateAll(step.checks, world), journal, askedBy(step.checks));
    this.#seen.said = outcome.state === 'pass' ? '' : outcome.message;
    if (this.#told?.state === 'error') {
      // It could be checked again. A verdict that comes of this very evaluation replaces the old words by itself.
      this.#mended = setImmediate(() => {
        this.#told = null;
        this.#options.onMended();
      });
    }
    return outcome;
  }

  #judged(verdict: RunnerVerdict): void {
    const { journal, onPass, onTell } = this.#options;
    clearImmediate(this.#mended);
    tell('verdict', { state: verdict.state, ms: this.#askedMs === null ? null : performance.now() - this.#askedMs });
    this.#askedMs = null;
    const facts = this.#seen.facts();
    if (verdict.state === 'pass') return onPass(evidenceOf({ verdict: 'pass', message: '' }, journal, facts));
    const message = verdict.state === 'fail' ? verdict.message : errorText(verdict.error);
    const evidence = evidenceOf({ verdict: verdict.state, message }, journal, facts);
    if (verdict.state === 'error' && this.#isToldAlready(evidence)) return;
    this.#told = { state: verdict.state, evidence };
    onTell({ ...verdict, message }, evidence);
  }

  /** An error is asked again by itself: the same one after the same command is no news. */
  #isToldAlready({ message, command }: Evidence): boolean {
    const told = this.#told?.evidence;
    return told?.message === message && JSON.stringify(told.command) === JSON.stringify(command);
  }
}

function errorText(error: unknown): string {
  if (error instanceof SlipwayError)
    return `This could not be checked, and that is our fault, not yours: ${error.message}. ${error.next}`;
  return 'This could not be checked, and that is our fault, not yours. It is tried again by itself.';
}
