// One learner's run: the open lesson, what is prepared and judged for it, and what a learner may do with it.

import type { Session as SessionView } from '../../protocol/session.ts';
import type { Journal, JournalEntry } from '../checks/journal.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { SessionRow, Store } from '../store/store.ts';
import { LearnerComputer } from './computer.ts';
import { Judging } from './judging.ts';
import { keptOf } from './kept.ts';
import { onlyLooking } from './latches.ts';
import { Preparation } from './preparation.ts';
import { notOpen } from './problems.ts';
import { Progress } from './progress.ts';
import { StepHelp } from './step-help.ts';
import { Turns } from './turns.ts';

export interface SessionParts {
  store: Store;
  lessons: Lessons;
  pool: SandboxPool;
  /** Where the practice Docker Hub's images are. */
  hubSocketPath: string;
  log: { warn(fields: object, text: string): void };
}

export interface SessionListener {
  onChange(): void;
  /** The sandbox was replaced (or is gone, null): attach to the new shell. */
  onSandbox(sandbox: Sandbox | null): void;
}

export class LearnerSession {
  readonly id: string;
  /** What the learner asks of a step besides its checks. */
  readonly help: StepHelp;
  readonly #lessons: Lessons;
  readonly #progress: Progress;
  readonly #journal: Journal;
  readonly #computer: LearnerComputer;
  readonly #preparation: Preparation;
  readonly #judging: Judging;
  /** Opening, restarting and the like. */
  readonly #turns = new Turns();
  readonly #listeners = new Set<SessionListener>();
  #lesson: Lesson | null;

  constructor(row: SessionRow, parts: SessionParts) {
    this.id = row.id;
    this.#lessons = parts.lessons;
    const { journal, latches } = keptOf(parts.store, row.id);
    const progress = new Progress(parts.store, row.id);
    const kept = { ...parts, session: row.id, journal, latches, progress };
    const computer = new LearnerComputer({
      ...kept,
      sandboxId: row.sandbox,
      onSandbox: (sandbox) => this.#tell((listener) => listener.onSandbox(sandbox)),
    });
    const shared = {
      ...kept,
      computer,
      isOpen: (lesson: Lesson) => this.#lesson === lesson,
      onChange: () => this.#tell((listener) => listener.onChange()),
    };
    const judging = new Judging(shared);
    const preparation = new Preparation({ ...shared, judging, turns: this.#turns });
    this.help = new StepHelp({
      ...shared,
      world: () => (preparation.setup.state === 'ready' ? computer.world(onlyLooking(latches)) : null),
      judging,
      onPassed: (lesson) => this.#stepChanged(lesson),
    });
    this.#journal = journal;
    this.#progress = progress;
    this.#computer = computer;
    this.#judging = judging;
    this.#preparation = preparation;
    this.#lesson = parts.lessons.all.find((lesson) => lesson.slug === row.lesson) ?? null;
    // A set-up that the server's end cut short begins again.
    if (computer.sandbox && this.#lesson) preparation.begin(this.#lesson);
  }

  get sandbox(): Sandbox | null {
    return this.#computer.sandbox;
  }

  view(): SessionView {
    return {
      lesson: this.#lesson?.slug ?? null,
      progress: this.#progress.view(this.#lessons.all),
      setup: this.#preparation.setup,
      verdict: this.#judging.verdict,
    };
  }

  /** Whether everything that has happened so far has been judged. */
  get settled(): boolean {
    return this.#judging.settled;
  }

  listen(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens a lesson; answers when the sandbox is there, while the set-up may still run. Throws `full`. */
  async open(lesson: Lesson): Promise<void> {
    if (this.#lesson === lesson && this.#preparation.setup.state === 'running') return;
    return this.#turns.take(async () => {
      if (!lesson.page) await this.#computer.take();
      const asItWas = this.#preparation.setup.state === 'ready' && (lesson.page || this.#progress.isReady(lesson));
      if (this.#lesson !== lesson || !asItWas) this.#begin(lesson);
    });
  }

  chooseStep(lesson: Lesson, step: string): Promise<void> {
    return this.#turns.take(async () => {
      this.#progress.choose(lesson, step);
      this.#stepChanged(lesson);
    });
  }

  skipStep(lesson: Lesson, step: string): Promise<void> {
    return this.#turns.take(async () => {
      this.#progress.skip(lesson, step);
      this.#stepChanged(lesson);
    });
  }

  /** A fresh sandbox, and the lesson from its beginning. */
  restart(lesson: Lesson): Promise<void> {
    // Nobody waits for the set-up of a sandbox that goes.
    if (!lesson.page) this.#preparation.giveUp();
    return this.#turns.take(async () => {
      this.#judging.stop();
      this.#progress.restart(lesson);
      if (!lesson.page) {
        await this.#computer.drop();
        await this.#computer.take().catch((error) => {
          this.#preparation.fail(error);
          throw error;
        });
      }
      this.#begin(lesson);
    });
  }

  /** Tries a set-up that has failed again; one that has not is left alone. Throws `not-open`. */
  retrySetUp(lesson: Lesson): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#lesson !== lesson) throw notOpen();
      if (this.#preparation.setup.state !== 'failed') return;
      if (!lesson.page) await this.#computer.take();
      this.#begin(lesson);
    });
  }

  /** For `recall`. */
  memory(): JournalEntry[] {
    return this.#journal.entries();
  }

  /** Knows only what it knew then, once the sandbox was put back, which nothing watches; false where that cannot be. */
  recall(lesson: Lesson, memory: readonly JournalEntry[], putBack: () => Promise<boolean>): Promise<boolean> {
    return this.#turns.take(async () => {
      this.#judging.stop();
      this.#computer.unwatch();
      if (!(await putBack())) return false;
      this.#journal.replace(memory);
      this.#computer.watch(this.#judging, Date.now());
      this.#stepChanged(lesson);
      return true;
    });
  }

  /** Stops watching; sandbox and progress stay for the next run of the server. */
  close(): void {
    this.#preparation.giveUp();
    this.#judging.close();
    this.#computer.unwatch();
  }

  #begin(lesson: Lesson): void {
    this.#judging.forget();
    this.#lesson = lesson;
    this.#progress.opened(lesson);
    this.#preparation.begin(lesson);
  }

  #stepChanged(lesson: Lesson): void {
    if (this.#lesson === lesson && this.#preparation.setup.state === 'ready') this.#judging.startAnew(lesson);
    else this.#tell((listener) => listener.onChange());
  }

  #tell(what: (listener: SessionListener) => void): void {
    for (const listener of this.#listeners) what(listener);
  }
}
