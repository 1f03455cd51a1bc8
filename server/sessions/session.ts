// One learner's run: their sandbox, the open lesson, its set-up, its checks and their progress.

import type { QuizAnswer } from '../../protocol/lesson.ts';
import type { Evidence, Session as SessionView, Setup, Verdict } from '../../protocol/session.ts';
import { type Asked, askedBy, isAttempt } from '../checks/attempt.ts';
import { Journal, type JournalEntry } from '../checks/journal.ts';
import { innerShell } from '../checks/prompt.ts';
import type { World } from '../checks/types.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import type { Judgement } from '../lessons/answer.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import type { LessonStep } from '../lessons/parse.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { SessionRow, Store } from '../store/store.ts';
import { demonstrate } from './demonstration.ts';
import { nextHint } from './hints.ts';
import { onlyLooking, StepLatches } from './latches.ts';
import { noTerminal, notOpen, notShowable, promptBusy, showRunning } from './problems.ts';
import { Progress } from './progress.ts';
import { judge } from './quizzes.ts';
import { setUp } from './set-up.ts';
import { StepChecks, type Told } from './step-checks.ts';
import { valuesOf } from './values.ts';
import { SandboxWatch } from './watch.ts';
import { worldOf } from './world.ts';

export interface SessionParts {
  store: Store;
  lessons: Lessons;
  pool: SandboxPool;
  log: { warn(fields: object, text: string): void };
}

/** What a session knew at a moment. */
export interface SessionMemory {
  entries: JournalEntry[];
  events: number;
}

export interface SessionListener {
  onChange(): void;
  /** The sandbox was replaced (or is gone, null): attach to the new shell. */
  onSandbox(sandbox: Sandbox | null): void;
}

export class LearnerSession {
  readonly id: string;
  readonly #parts: SessionParts;
  readonly #progress: Progress;
  readonly #journal: Journal;
  readonly #latches: StepLatches;
  readonly #listeners = new Set<SessionListener>();
  #sandbox: Sandbox | null = null;
  #lesson: Lesson | null = null;
  #setup: Setup = { state: 'ready' };
  #verdict: Verdict | null = null;
  #watch: SandboxWatch | null = null;
  #checks: StepChecks | null = null;
  /** When the current step became so. */
  #stepSinceMs = 0;
  #closed = false;
  #settingUp: AbortController | null = null;
  /** The solution that is being typed. */
  #showing: AbortController | null = null;
  /** Opening, restarting and the like, one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(row: SessionRow, parts: SessionParts) {
    this.id = row.id;
    this.#parts = parts;
    this.#progress = new Progress(parts.store, row.id);
    const kept = parts.store.journal(row.id);
    this.#journal = new Journal(
      {
        add: ({ kind, body }) => parts.store.addJournal(row.id, kind, body),
        trim: (kinds, keep) => parts.store.trimJournal(row.id, kinds, keep),
      },
      kept.filter(({ kind }) => kind !== 'latch') as JournalEntry[],
    );
    this.#latches = new StepLatches(parts.store, row.id, kept);
    this.#sandbox = row.sandbox ? parts.pool.get(row.sandbox) : null;
    this.#lesson = parts.lessons.all.find((lesson) => lesson.slug === row.lesson) ?? null;
    // A set-up that the server's end cut short begins again.
    if (this.#sandbox && this.#lesson && !this.#lesson.page) this.#beginSetUp(this.#lesson);
  }

  get sandbox(): Sandbox | null {
    return this.#sandbox;
  }

  view(): SessionView {
    return {
      lesson: this.#lesson?.slug ?? null,
      progress: this.#progress.view(this.#parts.lessons.all),
      setup: this.#setup,
      verdict: this.#verdict,
    };
  }

  /** Whether everything that has happened so far has been judged. */
  get settled(): boolean {
    return this.#checks?.idle ?? true;
  }

  listen(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens a lesson; answers when the sandbox is there, while the set-up may still run. Throws `full`. */
  async open(lesson: Lesson): Promise<void> {
    if (this.#lesson === lesson && this.#setup.state === 'running') return;
    return this.#serial(async () => {
      if (!lesson.page) await this.#ensureSandbox();
      const asItWas = this.#setup.state === 'ready' && (lesson.page || this.#progress.isReady(lesson));
      if (this.#lesson === lesson && asItWas) return;
      this.#begin(lesson);
    });
  }

  chooseStep(lesson: Lesson, step: string): Promise<void> {
    return this.#serial(async () => {
      this.#progress.choose(lesson, step);
      this.#stepChanged(lesson);
    });
  }

  skipStep(lesson: Lesson, step: string): Promise<void> {
    return this.#serial(async () => {
      this.#progress.skip(lesson, step);
      this.#stepChanged(lesson);
    });
  }

  /** A fresh sandbox, and the lesson from its beginning. */
  restart(lesson: Lesson): Promise<void> {
    // Nobody waits for the set-up of a sandbox that goes.
    if (!lesson.page) this.#settingUp?.abort();
    return this.#serial(async () => {
      this.#stopChecks();
      this.#progress.restart(lesson);
      if (!lesson.page) {
        await this.#dropSandbox();
        await this.#ensureSandbox().catch((error) => {
          this.#setupFailed(error);
          throw error;
        });
      }
      this.#begin(lesson);
    });
  }

  /** Tries a set-up that has failed again; one that has not is left alone. Throws `not-open`. */
  retrySetUp(lesson: Lesson): Promise<void> {
    return this.#serial(async () => {
      this.#mustBeOpen(lesson);
      if (this.#setup.state !== 'failed') return;
      if (!lesson.page) await this.#ensureSandbox();
      this.#begin(lesson);
    });
  }

  /** Takes the next hint that fits; nothing changes where none does. Throws `not-open`. */
  hint(lesson: Lesson, step: LessonStep): Promise<void> {
    return this.#serial(async () => {
      this.#mustBeOpen(lesson);
      const hint = await nextHint(step, this.#progress.hintsTaken(lesson, step.id), this.#readyWorld());
      if (hint === null) return;
      this.#progress.takeHint(lesson, step.id, hint);
      this.#changed();
    });
  }

  /** Right answers are kept. Throws `bad-answer`, and what to do where an answer cannot be judged now. */
  async answer(lesson: Lesson, step: LessonStep, quiz: number, answer: QuizAnswer): Promise<Judgement> {
    const asked = step.quizzes[quiz];
    if (!asked) throw unknownQuiz();
    const judgement = await judge(asked, answer, this.#lesson === lesson ? this.#readyWorld() : null);
    if (!judgement.right) return judgement;
    const wasCurrent = this.#progress.current(lesson) === step.id;
    const passed = this.#progress.quizRight(lesson, step.id, quiz);
    if (passed && wasCurrent) this.#stepChanged(lesson);
    else this.#changed();
    return judgement;
  }

  /** The learner's own values of a step's placeholders; one that has none now is left out. */
  async values(lesson: Lesson, step: LessonStep): Promise<Record<string, string>> {
    const world = this.#lesson === lesson ? this.#readyWorld() : null;
    return world ? valuesOf(step.fills, world) : {};
  }

  /**
   * Begins to type a step's solution into the learner's terminal. Throws `not-open`, `no-terminal`, `not-showable`,
   * `show-running` and `prompt-busy`.
   */
  async show(lesson: Lesson, step: LessonStep): Promise<void> {
    this.#mustBeOpen(lesson);
    if (step.solution.length === 0) throw notShowable();
    const world = this.#readyWorld();
    const sandbox = this.#sandbox;
    if (!world || !sandbox || !this.#watch) throw noTerminal();
    if (this.#showing) throw showRunning();
    if (this.#watch.commandRunning) throw promptBusy();
    const showing = new AbortController();
    this.#showing = showing;
    const done = () => {
      if (this.#showing === showing) this.#showing = null;
    };
    const promptByte = this.#sandboxRow(sandbox)?.terminalByte ?? 0;
    const { typed } = await demonstrate({ sandbox, step, world, promptByte, signal: showing.signal }).catch((error) => {
      done();
      this.#parts.log.warn({ error: messageOf(error) }, 'a solution could not be shown');
      throw noTerminal();
    });
    this.#progress.setShown(lesson, step.id);
    this.#changed();
    typed
      .catch((error) =>
        this.#parts.log.warn({ step: step.id, error: messageOf(error) }, 'a solution was not shown whole'),
      )
      .finally(done);
  }

  /** What the newest verdict on a step rests on, or null. */
  evidence(lesson: Lesson, step: string): Evidence | null {
    return this.#parts.store.evidence.newest(this.id, lesson.slug, step) as Evidence | null;
  }

  /** Keeps what a learner calls wrong, with what was seen, for whoever runs Slipway. Throws `too-many-reports`. */
  report(lesson: Lesson, step: string, note: string): void {
    const { evidence } = this.#parts.store;
    const current = this.#lesson === lesson && this.#progress.current(lesson) === step;
    const seen = (current ? this.#checks?.evidence : null) ?? this.evidence(lesson, step);
    const report = { session: this.id, lesson: lesson.slug, step, atMs: Date.now(), note, evidence: seen };
    if (evidence.addReport(report)) return;
    throw new SlipwayError('too-many-reports', 'You have reported very often already.', {
      next: 'Tell whoever runs this server.',
      status: 429,
    });
  }

  /** For `recall`. */
  memory(): SessionMemory {
    return { entries: this.#journal.entries(), events: this.#journal.events().length };
  }

  /** The names that were pushed after that. */
  pushedSince({ events }: SessionMemory): string[] {
    return this.#journal
      .events()
      .slice(events)
      .flatMap(({ kind, action, id }) => (kind === 'image' && action === 'push' ? [id] : []));
  }

  /** Knows only what it knew then, once the sandbox was put back, which nothing watches; false where that cannot be. */
  recall(lesson: Lesson, memory: SessionMemory, putBack: () => Promise<boolean>): Promise<boolean> {
    return this.#serial(async () => {
      this.#stopChecks();
      this.#stopWatch();
      if (!(await putBack())) return false;
      this.#journal.replace(memory.entries);
      if (this.#sandbox) this.#startWatch(this.#sandbox, Date.now());
      this.#stepChanged(lesson);
      return true;
    });
  }

  /** Stops watching; sandbox and progress stay for the next run of the server. */
  close(): void {
    this.#closed = true;
    this.#settingUp?.abort();
    this.#stopChecks();
    this.#stopWatch();
  }

  async #ensureSandbox(): Promise<void> {
    if (this.#sandbox) return;
    const sandbox = await this.#parts.pool.take();
    this.#sandbox = sandbox;
    this.#parts.store.setSandbox(this.id, sandbox.id);
    this.#progress.noneReady();
    this.#tell((listener) => listener.onSandbox(sandbox));
  }

  async #dropSandbox(): Promise<void> {
    const old = this.#sandbox;
    if (!old) return;
    this.#stopWatch();
    this.#sandbox = null;
    this.#parts.store.setSandbox(this.id, null);
    this.#journal.forgetAll();
    this.#tell((listener) => listener.onSandbox(null));
    const removal = this.#parts.pool.remove(old.id);
    // Only where no more sandboxes may exist does the new one have to wait for the old one's place.
    if (this.#parts.pool.counts.all >= this.#parts.pool.counts.max) await removal;
    else removal.catch((error) => this.#parts.log.warn({ error: messageOf(error) }, 'a sandbox could not be removed'));
  }

  #begin(lesson: Lesson): void {
    this.#stopChecks();
    this.#latches.forget();
    this.#lesson = lesson;
    this.#verdict = null;
    this.#parts.store.setLesson(this.id, lesson.slug);
    this.#progress.opened(lesson);
    if (!lesson.page) return this.#beginSetUp(lesson);
    this.#setup = { state: 'ready' };
    this.#changed();
  }

  #beginSetUp(lesson: Lesson): void {
    if (this.#progress.isReady(lesson)) {
      this.#setup = { state: 'ready' };
      if (this.#sandbox && !this.#watch) this.#startWatch(this.#sandbox);
      this.#startChecks();
      return;
    }
    this.#setup = { state: 'running', doing: 'getting ready' };
    this.#changed();
    void this.#serial(() => this.#runSetUp(lesson));
  }

  async #runSetUp(lesson: Lesson): Promise<void> {
    const sandbox = this.#sandbox;
    if (!sandbox || this.#lesson !== lesson) return;
    this.#stopWatch();
    const settingUp = new AbortController();
    this.#settingUp = settingUp;
    try {
      await setUp(sandbox, lesson.setup, {
        signal: settingUp.signal,
        removeAbsent: !this.#progress.begun(lesson),
        doing: (doing) => {
          if (settingUp.signal.aborted) return;
          this.#setup = { state: 'running', doing };
          this.#changed();
        },
      });
      this.#journal.forgetAll();
      for (const image of await sandbox.engine.images()) {
        for (const tag of image.tags) this.#journal.rememberImage(tag, image.id);
      }
      this.#progress.setReady(lesson);
      this.#setup = { state: 'ready' };
      this.#startWatch(sandbox);
      this.#startChecks();
    } catch (error) {
      if (settingUp.signal.aborted) return;
      settingUp.abort();
      this.#parts.log.warn({ lesson: lesson.slug, error: messageOf(error) }, 'a set-up failed');
      this.#setupFailed(error);
    }
  }

  #setupFailed(error: unknown): void {
    this.#setup = { state: 'failed', message: `Your computer could not be prepared: ${messageOf(error)}` };
    this.#changed();
  }

  #startWatch(sandbox: Sandbox, eventsSinceMs = this.#journal.newestEventMs() ?? Date.now()): void {
    const row = this.#sandboxRow(sandbox);
    this.#watch = new SandboxWatch({
      sandbox,
      journal: this.#journal,
      shellFrom: row?.terminal ? { terminal: row.terminal, byte: row.terminalByte } : null,
      eventsSinceMs,
      onShellRead: (terminal, byte) => this.#parts.store.setTerminalByte(sandbox.id, terminal, byte),
      // What began before the step did belongs to the step before: it may pass this one, but is no try at it.
      isEarlier: (atMs) => atMs < this.#stepSinceMs,
      // A shell of its own hides what is typed from now on.
      onStart: (line) => {
        if (this.#asked.readsPrompt && innerShell(line)) this.#checks?.trigger({ attempt: true });
      },
      onEvent: (event) => this.#checks?.trigger({ attempt: event.atMs >= this.#stepSinceMs }),
      onCommand: (command) =>
        this.#checks?.trigger({
          attempt: command.startedAtMs >= this.#stepSinceMs && isAttempt(command, this.#asked),
        }),
    });
  }

  get #asked(): Asked {
    const lesson = this.#lesson;
    const step = lesson?.steps.find((other) => other.id === this.#progress.current(lesson));
    return askedBy(step?.checks ?? []);
  }

  #stopWatch(): void {
    this.#showing?.abort();
    this.#watch?.close();
    this.#watch = null;
  }

  #sandboxRow(sandbox: Sandbox) {
    return this.#parts.store.sandboxes().find((row) => row.id === sandbox.id);
  }

  /** The world where it can be asked on behalf of the learner, who only looks; null while it is being made. */
  #readyWorld(): World | null {
    if (this.#setup.state !== 'ready' || !this.#sandbox) return null;
    return worldOf(this.#sandbox, this.#journal, onlyLooking(this.#latches));
  }

  #startChecks(): void {
    this.#stopChecks();
    this.#stepSinceMs = Date.now();
    const lesson = this.#lesson;
    const step = lesson?.steps.find((other) => other.id === this.#progress.current(lesson));
    const sandbox = this.#sandbox;
    if (lesson && step && sandbox && step.checks.length > 0 && !this.#progress.isChecked(lesson, step.id)) {
      this.#checks = new StepChecks({
        step,
        world: worldOf(sandbox, this.#journal, this.#latches),
        journal: this.#journal,
        commandRunning: () => this.#watch?.commandRunning ?? false,
        onPass: (evidence) => this.#checksPassed(lesson, step.id, evidence),
        onTell: (told, evidence) => this.#told(lesson, step.id, told, evidence),
        onMended: () => {
          this.#verdict = null;
          this.#changed();
        },
      });
    }
    this.#changed();
  }

  #stopChecks(): void {
    this.#checks?.stop();
    this.#checks = null;
  }

  #checksPassed(lesson: Lesson, step: string, evidence: Evidence): void {
    this.#verdict = { step, state: 'pass', message: '' };
    this.#progress.checksPassed(lesson, step);
    this.#journal.forgetCommands();
    this.#latches.forget();
    this.#startChecks();
    this.#keep(lesson, step, evidence);
  }

  #told(lesson: Lesson, step: string, told: Told, evidence: Evidence): void {
    if (told.state === 'error')
      this.#parts.log.warn({ lesson: lesson.slug, step, error: messageOf(told.error) }, 'a check could not be made');
    this.#verdict = { step, state: told.state, message: told.message };
    this.#changed();
    this.#keep(lesson, step, evidence);
  }

  /** After the verdict is on its way: nobody waits for the disk. */
  #keep(lesson: Lesson, step: string, evidence: Evidence): void {
    const { store } = this.#parts;
    setImmediate(() => {
      if (!this.#closed) store.evidence.add(this.id, lesson.slug, step, evidence.verdict, evidence);
    });
  }

  #stepChanged(lesson: Lesson): void {
    if (this.#lesson === lesson && this.#setup.state === 'ready') {
      this.#journal.forgetCommands();
      this.#latches.forget();
      this.#verdict = null;
      this.#startChecks();
    }
    this.#changed();
  }

  #mustBeOpen(lesson: Lesson): void {
    if (this.#lesson !== lesson) throw notOpen();
  }

  #serial<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work, work);
    this.#queue = result.catch(() => {});
    return result;
  }

  #changed(): void {
    this.#tell((listener) => listener.onChange());
  }

  #tell(what: (listener: SessionListener) => void): void {
    for (const listener of this.#listeners) what(listener);
  }
}

function unknownQuiz(): SlipwayError {
  return new SlipwayError('unknown-quiz', 'This step has no such question.', { next: 'Reload the page.', status: 404 });
}
