// Checks one step for as long as it is the current one, and keeps what the newest verdict rests on.

import type { Evidence } from '../../protocol/session.ts';
import { diagnose } from '../checks/diagnose.ts';
import { evaluateAll } from '../checks/items.ts';
import type { Journal } from '../checks/journal.ts';
import { CheckRunner, type RunnerVerdict, type Trigger } from '../checks/runner.ts';
import type { Outcome, World } from '../checks/types.ts';
import { SlipwayError } from '../errors.ts';
import type { LessonStep } from '../lessons/parse.ts';
import { evidenceOf, type Fact } from './evidence.ts';

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
  /** What the checks themselves said at last, before anything was explained. */
  #seen: { said: string; facts: Fact[] } = { said: '', facts: [] };
  /** What they said when the learner was last told something. */
  #told: string | null = null;
  #toldEvidence: Evidence | null = null;
  #mended: NodeJS.Immediate | undefined;

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
    if (this.#told !== null && this.#toldEvidence) return this.#toldEvidence;
    const { said, facts } = this.#seen;
    return evidenceOf({ verdict: 'fail', message: said }, this.#options.journal, facts);
  }

  async #evaluate(): Promise<Outcome> {
    const facts: Fact[] = [];
    this.#seen = { said: '', facts };
    const outcome = await evaluateAll(this.#options.step.checks, this.#options.world);
    const said = outcome.state === 'pass' ? '' : outcome.message;
    this.#seen = { said, facts };
    if (this.#told !== null && this.#told !== said) {
      // A verdict that comes of this very evaluation replaces the old words by itself.
      this.#mended = setImmediate(() => {
        this.#told = null;
        this.#options.onMended();
      });
    }
    return diagnose(outcome, this.#options.journal);
  }

  #judged(verdict: RunnerVerdict): void {
    const { journal, onPass, onTell } = this.#options;
    const { facts } = this.#seen;
    clearImmediate(this.#mended);
    if (verdict.state === 'pass') return onPass(evidenceOf({ verdict: 'pass', message: '' }, journal, facts));
    const message = verdict.state === 'fail' ? verdict.message : errorText(verdict.error);
    this.#told = verdict.state === 'fail' ? this.#seen.said : message;
    this.#toldEvidence = evidenceOf({ verdict: verdict.state, message }, journal, facts);
    onTell({ ...verdict, message }, this.#toldEvidence);
  }
}

function errorText(error: unknown): string {
  if (error instanceof SlipwayError)
    return `This could not be checked, and that is our fault, not yours: ${error.message}. ${error.next}`;
  return 'This could not be checked, and that is our fault, not yours. Try the command again in a moment.';
}
