// One learner's run: the open lesson, what is prepared and judged for it, and what a learner may do with it.

import type { Evidence, LessonProgress, Session as SessionView, Setup } from '../../protocol/session.ts';
import type { Journal, JournalEntry } from '../checks/journal.ts';
import type { CommandRecord } from '../checks/types.ts';
import type { Dial } from '../dial.ts';
import { messageOf } from '../errors.ts';
import { OWN_NAMESPACE } from '../hub/account.ts';
import type { Lesson, Lessons } from '../lessons/load.ts';
import { LearnerMap } from '../map/learner-map.ts';
import type { SandboxNews } from '../sandboxes/fleet.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { SessionRow, Store } from '../store/store.ts';
import { LearnerComputer } from './computer.ts';
import { Judging } from './judging.ts';
import { keptOf } from './kept.ts';
import { keptCommand } from './kept-command.ts';
import { onlyLooking } from './latches.ts';
import { isLocal, worldOf } from './lesson-world.ts';
import { NO_LIMITS } from './limit-policy.ts';
import { MishapNotice } from './mishap.ts';
import { Preparation } from './preparation.ts';
import { notOpen } from './problems.ts';
import { Progress } from './progress.ts';
import { carryOverHistory, historyIn } from './shell-history.ts';
import { Standing, type StandingView } from './standing.ts';
import { StepHelp } from './step-help.ts';
import { type LimitPolicy, type LimitReason, TimeLimits } from './time-limits.ts';
import { Turns } from './turns.ts';

export interface SessionParts {
  store: Store;
  lessons: Lessons;
  pool: SandboxPool;
  /** Where the practice Docker Hub's images are. */
  hubStore: Dial;
  /** How long a computer may be kept. */
  limits?: LimitPolicy;
  log: { warn(fields: object, text: string): void };
}

export interface SessionListener {
  onChange(): void;
  /** The sandbox was replaced (or is gone, null): attach to the new shell. */
  onSandbox(sandbox: Sandbox | null): void;
  /** There is no such learner any more. */
  onGone?(): void;
}

export class LearnerSession {
  readonly id: string;
  /** What the learner asks of a step besides its checks. */
  readonly help: StepHelp;
  /** For a page that shows it. */
  readonly map: LearnerMap;
  /** Where the learner came from last; null since the server's start. */
  address: string | null = null;
  readonly #lessons: Lessons;
  readonly #progress: Progress;
  readonly #journal: Journal;
  readonly #computer: LearnerComputer;
  readonly #preparation: Preparation;
  readonly #limits: TimeLimits;
  readonly #store: Store;
  readonly #judging: Judging;
  readonly #standing: Standing;
  /** Of those who look on: they keep no place in line, and are no page of the learner's. */
  readonly #observers = new Set<() => void>();
  readonly #mishap = new MishapNotice(() => this.#tell((listener) => listener.onChange()));
  /** Opening, restarting and the like. */
  readonly #turns = new Turns();
  readonly #listeners = new Set<SessionListener>();
  readonly #pool: SandboxPool;
  #lesson: Lesson | null;
  #closed = false;
  #held = false;
  #hadComputer: boolean;

  /** `onLeft`: a place in line was given up, and there never was a computer: nothing is lost with the session. */
  constructor(row: SessionRow, parts: SessionParts, onLeft?: () => void) {
    this.id = row.id;
    this.#lessons = parts.lessons;
    this.#store = parts.store;
    this.#pool = parts.pool;
    this.#hadComputer = row.sandbox !== null;
    const { journal, latches } = keptOf(parts.store, row.id);
    const progress = new Progress(parts.store, row.id);
    const kept = { ...parts, session: row.id, journal, latches, progress };
    const computer = new LearnerComputer({
      ...kept,
      sandboxId: row.sandbox,
      onSandbox: (sandbox) => {
        this.map.replaced();
        this.#tell((listener) => listener.onSandbox(sandbox));
      },
      onHappened: (event) => this.map.touch(event && isLocal(event) ? 'engine' : 'anywhere'),
      onSpace: () => this.#tell((listener) => listener.onChange()),
      onTerminals: () => this.#tell((listener) => listener.onChange()),
      onCommandEnd: (command) => {
        this.#mishap.commandEnded();
        this.#remember(command);
      },
      onEngineRestarted: () => this.#mishap.engineRestarted(),
      onWait: () => this.#tell((listener) => listener.onChange()),
      onGranted: (sandbox) => this.#granted(sandbox),
      onGivenUp: () => {
        preparation.rest();
        if (!this.#hadComputer) onLeft?.();
      },
    });
    this.map = new LearnerMap({
      hub: parts.hubStore,
      ownNamespace: OWN_NAMESPACE,
      sandbox: () => computer.sandbox,
      lesson: () => worldOf(this.#lesson),
    });
    const shared = {
      ...kept,
      computer,
      isOpen: (lesson: Lesson) => this.#lesson === lesson,
      onChange: () => this.#tell((listener) => listener.onChange()),
    };
    this.#standing = new Standing({
      session: row.id,
      times: parts.store.times,
      diagnosisOf: (lesson, step) => diagnosisIn(parts.store.evidence.newest(row.id, lesson, step) as Evidence | null),
      onChange: () => this.#tellObservers(),
    });
    const judging = new Judging({ ...shared, onFail: (message, tried) => this.#standing.failed(message, tried) });
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
    this.#limits = new TimeLimits({
      policy: parts.limits ?? NO_LIMITS,
      kept: parts.store.timeOf(row.id),
      keep: (time) => parts.store.setTime(row.id, time),
      onChange: () => this.#tell((listener) => listener.onChange()),
      onDue: (why) => {
        this.#putAway(why).catch((error) =>
          parts.log.warn({ error: messageOf(error) }, 'a computer whose time was up could not be removed'),
        );
      },
    });
    this.#look();
    if (computer.sandbox) this.#limits.resume();
    // A set-up that the server's end cut short begins again.
    if (computer.sandbox && this.#lesson) preparation.begin(this.#lesson, false);
  }

  get sandbox(): Sandbox | null {
    return this.#computer.sandbox;
  }

  /** The terminal that was used last, and a byte that it has printed; null without a computer. */
  get lastShell(): LearnerComputer['lastShell'] {
    return this.#computer.lastShell;
  }

  /** Whether there is a computer for it, or a place in line. */
  get takesPlace(): boolean {
    return this.sandbox !== null || this.#computer.wait !== null;
  }

  view(): SessionView {
    const { wait } = this.#computer;
    return {
      lesson: this.#lesson?.slug ?? null,
      progress: this.#progress.view(this.#lessons.all),
      setup: this.setup,
      verdict: this.#judging.verdict,
      time: wait ? null : this.#limits.notice,
      space: this.#computer.space,
      terminals: this.#computer.terminals,
      mishap: this.#mishap.now,
    };
  }

  /** Of the open lesson. */
  get setup(): Setup {
    const { wait } = this.#computer;
    return wait ? { state: 'waiting', ...wait } : this.#preparation.setup;
  }

  /** For whoever teaches them. */
  get standing(): StandingView {
    return this.#standing.view;
  }

  progressIn(lesson: Lesson): LessonProgress | null {
    return this.#progress.view([lesson])[lesson.slug] ?? null;
  }

  /** Tells that something may have changed, until the function that it returns is called. */
  observe(observer: () => void): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Whether everything that has happened so far has been judged. */
  get settled(): boolean {
    return this.#judging.settled;
  }

  /** A place in line is kept as long as somebody listens, and a while longer. */
  listen(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    this.#computer.setPresent(true);
    this.#standing.setConnected(true);
    this.#comeBack();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#computer.setPresent(false);
      this.#standing.setConnected(false);
    };
  }

  /**
   * Opens a lesson; answers when the sandbox is there, while the set-up may still run, or when it is waited for. Throws `full`.
   * `drawing`: by a page that tells by `pageIsDrawn` when it is drawn; until then the set-up waits, for some time.
   */
  async open(lesson: Lesson, drawing = false): Promise<void> {
    if (this.#lesson === lesson && this.sandbox && this.#preparation.setup.state === 'running') return;
    return this.#turns.take(async () => {
      if (!lesson.page && !(await this.#takeComputer())) return this.#waitIn(lesson);
      const asItWas = this.#preparation.setup.state === 'ready' && (lesson.page || this.#progress.isReady(lesson));
      if (this.#lesson !== lesson || !asItWas) this.#begin(lesson, drawing);
    });
  }

  /** A page that shows the lesson is drawn. */
  pageIsDrawn(): void {
    this.#preparation.pageIsDrawn();
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
      this.#standing.forget(lesson.slug);
      if (!lesson.page && !(await this.#replaceComputer())) return this.#waitIn(lesson);
      this.#begin(lesson);
    });
  }

  /** Tries a set-up that has failed again; one that has not is left alone. Throws `not-open`. */
  retrySetUp(lesson: Lesson): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#lesson !== lesson) throw notOpen();
      if (this.#preparation.setup.state !== 'failed') return;
      if (!lesson.page && !(await this.#takeComputer())) return this.#waitIn(lesson);
      this.#begin(lesson);
    });
  }

  /** The learner did something: the computer is not idle. */
  touch(): void {
    this.#limits.touch();
    this.#standing.touch();
  }

  /** Keeps the computer longer, where its end is near. Throws `no-more-time`. */
  extend(): void {
    this.#limits.extend();
  }

  /** Whether the class stands still: nothing is to be typed, and no step to change. */
  get held(): boolean {
    return this.#held;
  }
  hold(is: boolean): void {
    this.#held = is;
    this.#limits.hold(is);
  }

  /** One more terminal, by its number. Throws `too-many-terminals`, and `no-computer` where there is none. */
  openTerminal(): number {
    const number = this.#computer.openTerminal();
    this.#tell((listener) => listener.onChange());
    return number;
  }

  /** Hangs up what runs on it; the first one stays. */
  closeTerminal(number: number): Promise<void> {
    return this.#computer.closeTerminal(number);
  }

  terminalEnded(number: number): void {
    this.#computer.terminalEnded(number);
  }

  /** Something happened to the computer by itself: one that is gone is replaced. */
  happened(news: SandboxNews): void {
    if (news === 'stopped') this.#mishap.say('restarting');
    else if (news === 'restarted') this.#mishap.say('restarted');
    else void this.#replace();
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

  /** It will be forgotten. */
  gone(): void {
    this.#tell((listener) => listener.onGone?.());
  }

  /** Stops watching; sandbox and progress stay for the next run of the server. */
  close(): void {
    this.#closed = true;
    this.#computer.leaveLine();
    this.#limits.close();
    this.#preparation.giveUp();
    this.#judging.close();
    this.map.close();
    this.#computer.unwatch();
  }

  /** False where it is waited for. */
  async #takeComputer(): Promise<boolean> {
    if (this.sandbox) return true;
    if (!this.#computer.take()) return false;
    await this.#fresh();
    return true;
  }

  /** A fresh one; false where it is waited for. */
  async #replaceComputer(): Promise<boolean> {
    if (!this.sandbox) return this.#takeComputer();
    this.#mishap.say(null);
    this.#limits.stop();
    if (!(await this.#computer.replace())) return false;
    await this.#fresh();
    return true;
  }

  async #fresh(): Promise<void> {
    this.#hadComputer = true;
    this.#limits.start();
    const history = this.#store.historyOf(this.id);
    if (!history || !this.sandbox) return;
    this.#store.setHistory(this.id, null);
    await carryOverHistory(this.sandbox, history);
  }

  /** The end of waiting. */
  #granted(sandbox: Sandbox): void {
    void this.#turns.take(async () => {
      if (this.#closed) return this.#pool.remove(sandbox.id);
      this.#computer.put(sandbox);
      await this.#fresh();
      if (this.#lesson) this.#begin(this.#lesson);
    });
  }

  /** Somebody is there again. A place in line that was given up, or that an earlier run of the server had, is taken anew. */
  #comeBack(): void {
    void this.#turns.take(async () => {
      const lesson = this.#lesson;
      if (this.sandbox || !lesson || lesson.page || this.#limits.notice?.state === 'ended') return;
      if (await this.#takeComputer()) this.#begin(lesson);
      else this.#waitIn(lesson);
    });
  }

  #waitIn(lesson: Lesson): void {
    this.#judging.forget();
    this.#lesson = lesson;
    this.#progress.opened(lesson);
    this.#preparation.wait();
  }

  /** The sandbox went by itself: a fresh one takes its place, at the same step. */
  #replace(): Promise<void> {
    this.#preparation.giveUp();
    return this.#turns.take(async () => {
      this.#judging.stop();
      const there = await this.#replaceComputer();
      this.#mishap.say('replaced');
      if (!this.#lesson) return;
      if (there) this.#begin(this.#lesson);
      else this.#waitIn(this.#lesson);
    });
  }

  /** Time is up: the sandbox goes; progress and the shell's history stay, for when the learner comes back. */
  #putAway(why: LimitReason): Promise<void> {
    this.#preparation.giveUp();
    return this.#turns.take(async () => {
      const { sandbox } = this;
      if (!sandbox) return;
      this.#judging.stop();
      this.#store.setHistory(this.id, await historyIn(sandbox));
      this.#mishap.say(null);
      this.#limits.stop();
      this.#computer.drop();
      this.#limits.end(why);
    });
  }

  #begin(lesson: Lesson, drawing = false): void {
    this.#judging.forget();
    this.#lesson = lesson;
    this.#progress.opened(lesson);
    this.#preparation.begin(lesson, drawing);
  }

  /** After whoever judges it: nobody waits for the disk. */
  #remember(command: CommandRecord): void {
    setImmediate(() => {
      if (!this.#closed) this.#store.commands.add(this.id, keptCommand(command));
    });
  }

  #stepChanged(lesson: Lesson): void {
    if (this.#lesson === lesson && this.#preparation.setup.state === 'ready') this.#judging.startAnew(lesson);
    else this.#tell((listener) => listener.onChange());
  }

  #tell(what: (listener: SessionListener) => void): void {
    for (const listener of this.#listeners) what(listener);
    this.#look();
    this.#tellObservers();
  }

  #look(): void {
    if (this.#closed) return;
    const lesson = this.#lesson;
    const marks = (slug: string) => {
      const other = this.#lessons.all.find((each) => each.slug === slug);
      return (other && this.progressIn(other)?.marks) ?? {};
    };
    this.#standing.look({
      lesson: lesson?.slug ?? null,
      step: lesson && this.#progress.current(lesson),
      ready: this.setup.state === 'ready' && (lesson?.page || this.sandbox !== null),
      markOf: (slug, step) => marks(slug)[step],
    });
  }

  #tellObservers(): void {
    for (const observer of this.#observers) observer();
  }
}

/** What a step's newest verdict said, where it is not done. */
function diagnosisIn(evidence: Evidence | null): string | null {
  return evidence?.verdict === 'fail' ? evidence.message : null;
}
