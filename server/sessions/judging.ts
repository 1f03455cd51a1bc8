// Decides that a step has passed, says what the checks say of the current step, and keeps what that rests on.

import type { Evidence, Verdict } from '../../protocol/session.ts';
import { type Asked, askedBy, isAttempt } from '../checks/attempt.ts';
import type { Journal } from '../checks/journal.ts';
import { innerShell } from '../checks/prompt.ts';
import type { CommandRecord } from '../checks/types.ts';
import type { EngineEvent } from '../engine/types.ts';
import { messageOf } from '../errors.ts';
import type { Lesson } from '../lessons/load.ts';
import type { LessonStep } from '../lessons/parse.ts';
import type { Store } from '../store/store.ts';
import type { LearnerComputer } from './computer.ts';
import type { StepLatches } from './latches.ts';
import type { Progress } from './progress.ts';
import { StepChecks, type Told } from './step-checks.ts';
import type { WatchListener } from './watch.ts';

export interface JudgingOptions {
  session: string;
  store: Store;
  progress: Progress;
  journal: Journal;
  latches: StepLatches;
  computer: LearnerComputer;
  log: { warn(fields: object, text: string): void };
  onChange: () => void;
  /** Before the change is told. `tried`: the same where it is another word on the same try. */
  onFail: (message: string, tried: unknown) => void;
}

export class Judging implements WatchListener {
  readonly #options: JudgingOptions;
  #verdict: Verdict | null = null;
  #checks: StepChecks | null = null;
  /** What is being judged, also where it has no checks. */
  #step: LessonStep | null = null;
  /** When it became the current one, or when the command ended that ran then: on the clock that nobody sets. */
  #since = 0;
  /** A command of before goes on; what happens meanwhile is its doing. */
  #earlierRuns = false;
  #closed = false;

  constructor(options: JudgingOptions) {
    this.#options = options;
  }

  get verdict(): Verdict | null {
    return this.#verdict;
  }
  /** Whether everything that has happened so far has been judged. */
  get settled(): boolean {
    return this.#checks?.idle ?? true;
  }
  /** What was seen last of the current step, where it has checks that have not passed. */
  get seen(): Evidence | null {
    return this.#checks?.evidence ?? null;
  }

  /** Judges the lesson's current step from now on, by what happens on the computer. */
  start(lesson: Lesson): void {
    this.stop();
    const { progress, journal, latches, computer, onChange } = this.#options;
    if (!computer.watched) computer.watch(this);
    const world = computer.world(latches);
    const step = lesson.steps.find(({ id }) => id === progress.current(lesson));
    this.#sinceMs = Date.now();
    this.#earlierRuns = computer.commandRunning;
    this.#step = step ?? null;
    if (step && world && step.checks.length > 0 && !progress.isChecked(lesson, step.id)) {
      this.#checks = new StepChecks({
        step,
        world,
        journal,
        commandRunning: () => computer.commandRunning,
        onPass: (evidence) => this.#passed(lesson, step.id, evidence),
        onTell: (told, evidence) => this.#told(lesson, step.id, told, evidence),
        onMended: () => {
          this.#verdict = null;
          onChange();
        },
      });
    }
    onChange();
  }

  /** As `start`, for another step, or the same one from its beginning. */
  startAnew(lesson: Lesson): void {
    this.#options.journal.forgetCommands();
    this.forget();
    this.start(lesson);
  }

  stop(): void {
    this.#checks?.stop();
    this.#checks = null;
    this.#step = null;
  }

  /** Stops, and forgets what was said and what was once so. */
  forget(): void {
    this.stop();
    this.#verdict = null;
    this.#options.latches.forget();
  }

  close(): void {
    this.#closed = true;
    this.stop();
  }

  // What happens in the sandbox. What began before the step did belongs to the step before: it may pass this one, but is
  // no try at it.

  isEarlier(atMs: number): boolean {
    return atMs < this.#sinceMs;
  }
  /** A shell of its own hides what is typed from now on. */
  onStart(line: string): void {
    if (this.#asked.readsPrompt && innerShell(line)) this.#checks?.trigger({ attempt: true });
  }
  onEngineBack(): void {
    this.#checks?.trigger({ attempt: false });
  }
  onEvent({ atMs }: EngineEvent): void {
    this.#checks?.trigger({ attempt: !this.isEarlier(atMs) && !this.#earlierRuns });
  }
  onCommand(command: CommandRecord): void {
    const earlier = this.isEarlier(command.startedAtMs);
    if (earlier) {
      this.#sinceMs = Math.max(this.#sinceMs, command.endedAtMs);
      this.#earlierRuns = false;
    }
    this.#checks?.trigger({ attempt: !earlier && isAttempt(command, this.#asked) });
  }

  /** As the wall clock has it now: it may have been set since then. */
  get #sinceMs(): number {
    return Date.now() - (performance.now() - this.#since);
  }
  set #sinceMs(ms: number) {
    this.#since = performance.now() - (Date.now() - ms);
  }

  get #asked(): Asked {
    return askedBy(this.#step?.checks ?? []);
  }

  #passed(lesson: Lesson, step: string, evidence: Evidence): void {
    const { progress, journal, latches } = this.#options;
    this.#verdict = { step, state: 'pass', message: '', command: evidence.command?.line ?? null };
    progress.checksPassed(lesson, step);
    journal.forgetCommands();
    latches.forget();
    this.start(lesson);
    this.#keep(lesson, step, evidence);
  }

  #told(lesson: Lesson, step: string, told: Told, evidence: Evidence): void {
    const { journal, log, onChange, onFail } = this.#options;
    if (told.state === 'error')
      log.warn({ lesson: lesson.slug, step, error: messageOf(told.error) }, 'a check could not be made');
    this.#verdict = { step, state: told.state, message: told.message, command: evidence.command?.line ?? null };
    if (told.state === 'fail') onFail(told.message, journal.commands().at(-1));
    onChange();
    this.#keep(lesson, step, evidence);
  }

  /** After the verdict is on its way: nobody waits for the disk. */
  #keep(lesson: Lesson, step: string, evidence: Evidence): void {
    const { session, store } = this.#options;
    setImmediate(() => {
      if (!this.#closed) store.evidence.add(session, lesson.slug, step, evidence.verdict, evidence);
    });
  }
}
