// One learner's run: their sandbox, the open lesson, its set-up, its checks and their progress.

import type { Session as SessionView, Setup, Verdict } from '../../protocol/session.ts';
import { isAttempt } from '../checks/attempt.ts';
import { diagnose } from '../checks/diagnose.ts';
import { evaluateAll } from '../checks/items.ts';
import { Journal, type JournalEntry } from '../checks/journal.ts';
import { CheckRunner, type RunnerVerdict } from '../checks/runner.ts';
import type { World } from '../checks/types.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { SessionRow, Store } from '../store/store.ts';
import { Progress } from './progress.ts';
import { setUp } from './set-up.ts';
import { SandboxWatch } from './watch.ts';

export interface SessionParts {
  store: Store;
  lessons: Lessons;
  pool: SandboxPool;
  log: { warn(fields: object, text: string): void };
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
  readonly #listeners = new Set<SessionListener>();
  #sandbox: Sandbox | null = null;
  #lesson: Lesson | null = null;
  #setup: Setup = { state: 'ready' };
  #verdict: Verdict | null = null;
  #watch: SandboxWatch | null = null;
  #runner: CheckRunner | null = null;
  /** When the current step became so. */
  #stepSinceMs = 0;
  /** Opening, restarting and the like, one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(row: SessionRow, parts: SessionParts) {
    this.id = row.id;
    this.#parts = parts;
    this.#progress = new Progress(parts.store, row.id);
    this.#journal = new Journal(
      {
        add: ({ kind, body }) => parts.store.addJournal(row.id, kind, body),
        trim: (kinds, keep) => parts.store.trimJournal(row.id, kinds, keep),
      },
      parts.store.journal(row.id) as JournalEntry[],
    );
    this.#sandbox = row.sandbox ? parts.pool.get(row.sandbox) : null;
    this.#lesson = parts.lessons.all.find((lesson) => lesson.slug === row.lesson) ?? null;
    if (this.#sandbox && this.#lesson && this.#progress.isReady(this.#lesson)) {
      this.#startWatch(this.#sandbox);
      this.#startChecks();
    }
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
    return this.#runner?.idle ?? true;
  }

  listen(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens a lesson; answers when the sandbox is there, while the set-up may still run. Throws `full`. */
  open(lesson: Lesson): Promise<void> {
    return this.#serial(async () => {
      await this.#ensureSandbox();
      const same = this.#lesson === lesson && this.#progress.isReady(lesson);
      if (same && this.#runner) return;
      this.#stopChecks();
      this.#lesson = lesson;
      this.#verdict = null;
      this.#parts.store.setLesson(this.id, lesson.slug);
      this.#beginSetUp(lesson);
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
      this.#progress.mark(lesson, step, 'skipped');
      this.#stepChanged(lesson);
    });
  }

  /** A fresh sandbox, and the lesson from its beginning. */
  restart(lesson: Lesson): Promise<void> {
    return this.#serial(async () => {
      this.#stopChecks();
      this.#progress.restart(lesson);
      await this.#dropSandbox();
      await this.#ensureSandbox();
      this.#lesson = lesson;
      this.#verdict = null;
      this.#parts.store.setLesson(this.id, lesson.slug);
      this.#beginSetUp(lesson);
    });
  }

  /** Stops watching; sandbox and progress stay for the next run of the server. */
  close(): void {
    this.#stopChecks();
    this.#watch?.close();
    this.#watch = null;
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
    this.#watch?.close();
    this.#watch = null;
    this.#sandbox = null;
    this.#parts.store.setSandbox(this.id, null);
    this.#journal.forgetAll();
    this.#tell((listener) => listener.onSandbox(null));
    const removal = this.#parts.pool.remove(old.id);
    // Only where no more sandboxes may exist does the new one have to wait for the old one's place.
    if (this.#parts.pool.counts.all >= this.#parts.pool.counts.max) await removal;
    else removal.catch((error) => this.#parts.log.warn({ error: messageOf(error) }, 'a sandbox could not be removed'));
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
    this.#watch?.close();
    this.#watch = null;
    try {
      await setUp(sandbox, lesson.setup, {
        removeAbsent: !this.#progress.begun(lesson),
        doing: (doing) => {
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
      this.#parts.log.warn({ lesson: lesson.slug, error: messageOf(error) }, 'a set-up failed');
      this.#setup = { state: 'failed', message: `Your computer could not be prepared: ${messageOf(error)}` };
      this.#changed();
    }
  }

  #startWatch(sandbox: Sandbox): void {
    const row = this.#parts.store.sandboxes().find((other) => other.id === sandbox.id);
    this.#watch = new SandboxWatch({
      sandbox,
      journal: this.#journal,
      shellFrom: row?.terminal ? { terminal: row.terminal, byte: row.terminalByte } : null,
      eventsSinceMs: this.#journal.newestEventMs() ?? Date.now(),
      onShellRead: (terminal, byte) => this.#parts.store.setTerminalByte(sandbox.id, terminal, byte),
      // What began before the step did belongs to the step before: it may pass this one, but is no try at it.
      isEarlier: (atMs) => atMs < this.#stepSinceMs,
      onEvent: (event) => this.#runner?.trigger({ attempt: event.atMs >= this.#stepSinceMs }),
      onCommand: (command) =>
        this.#runner?.trigger({ attempt: command.startedAtMs >= this.#stepSinceMs && isAttempt(command) }),
    });
  }

  #startChecks(): void {
    this.#stopChecks();
    this.#stepSinceMs = Date.now();
    const lesson = this.#lesson;
    const step = lesson?.steps.find((other) => other.id === this.#progress.current(lesson));
    const sandbox = this.#sandbox;
    if (lesson && step && sandbox) {
      const world: World = {
        engine: sandbox.engine,
        registry: (host, credentials) => sandbox.registry(host, credentials),
        files: sandbox.files,
        journal: this.#journal,
        latches: { has: () => false, set: () => {} },
      };
      this.#runner = new CheckRunner({
        evaluate: async () => diagnose(await evaluateAll(step.checks, world), this.#journal),
        commandRunning: () => this.#watch?.commandRunning ?? false,
        onVerdict: (verdict) => this.#judged(lesson, step.id, verdict),
      });
      this.#runner.trigger({ attempt: false });
    }
    this.#changed();
  }

  #stopChecks(): void {
    this.#runner?.stop();
    this.#runner = null;
  }

  #judged(lesson: Lesson, step: string, verdict: RunnerVerdict): void {
    if (verdict.state === 'pass') {
      this.#verdict = { step, state: 'pass', message: '' };
      this.#progress.mark(lesson, step, 'passed');
      this.#journal.forgetCommands();
      this.#startChecks();
      return;
    }
    const message = verdict.state === 'fail' ? verdict.message : errorText(verdict.error);
    if (verdict.state === 'error')
      this.#parts.log.warn({ lesson: lesson.slug, step, error: messageOf(verdict.error) }, 'a check could not be made');
    this.#verdict = { step, state: verdict.state, message };
    this.#changed();
  }

  #stepChanged(lesson: Lesson): void {
    if (this.#lesson === lesson && this.#setup.state === 'ready') {
      this.#journal.forgetCommands();
      this.#verdict = null;
      this.#startChecks();
    }
    this.#changed();
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

function errorText(error: unknown): string {
  if (error instanceof SlipwayError)
    return `This could not be checked, and that is our fault, not yours: ${error.message}. ${error.next}`;
  return 'This could not be checked, and that is our fault, not yours. Try the command again in a moment.';
}
