// The practice computer of one session: waited for, taken from the pool, watched, and given back.

import { MAX_TERMINALS } from '../../protocol/limits.ts';
import type { Space } from '../../protocol/session.ts';
import type { Journal } from '../checks/journal.ts';
import type { CommandRecord, Latches, World } from '../checks/types.ts';
import type { EngineEvent } from '../engine/types.ts';
import type { Waiter } from '../sandboxes/line.ts';
import type { SandboxPool, Wait, WaitingPlace } from '../sandboxes/pool.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Store } from '../store/store.ts';
import type { TerminalRow } from '../store/terminal-store.ts';
import { HolderClient } from '../terminal/holder-client.ts';
import type { Shell } from '../terminal/screen-reading.ts';
import { noComputer, tooManyTerminals } from './problems.ts';
import type { Progress } from './progress.ts';
import { SpaceWatch } from './space-watch.ts';
import { SandboxWatch, type WatchListener } from './watch.ts';

export interface ComputerOptions {
  session: string;
  /** Of an earlier run of the server. */
  sandboxId: string | null;
  store: Store;
  pool: SandboxPool;
  journal: Journal;
  progress: Progress;
  onSandbox: (sandbox: Sandbox | null) => void;
  onSpace: () => void;
  /** One has ended. */
  onTerminals: () => void;
  onCommandEnd: (command: CommandRecord) => void;
  onEngineRestarted: () => void;
  /** What is said of the place in line may have changed. */
  onWait: () => void;
  /** The place in line became this sandbox, which is `put` or removed next. */
  onGranted: (sandbox: Sandbox) => void;
  /** Nobody was there: the place in line is no more. */
  onGivenUp: () => void;
  /** An event of the engine; null for whatever else may have changed it or its registry. */
  onHappened: (event: EngineEvent | null) => void;
}

const CLOSE_MS = 3_000;

export class LearnerComputer {
  readonly #options: ComputerOptions;
  #sandbox: Sandbox | null;
  #watch: SandboxWatch | null = null;
  #space: Space | null = null;
  #place: WaitingPlace | null = null;
  #present = false;
  readonly #waiter: Waiter<Sandbox>;

  constructor(options: ComputerOptions) {
    this.#options = options;
    const { sandboxId, pool } = options;
    this.#sandbox = sandboxId === null ? null : pool.get(sandboxId);
    this.#waiter = {
      onChange: () => options.onWait(),
      onGranted: (sandbox) => {
        this.#place = null;
        options.onGranted(sandbox);
      },
      onGivenUp: () => {
        this.#place = null;
        options.onGivenUp();
      },
    };
  }

  get sandbox(): Sandbox | null {
    return this.#sandbox;
  }
  /** Null where it does not stand in line. */
  get wait(): Wait | null {
    return this.#place?.wait ?? null;
  }
  /** Aborted when it is no longer watched; null where nothing watches it. */
  get watched(): AbortSignal | null {
    return this.#watch?.end ?? null;
  }
  /** Of its disk; null until it is known. */
  get space(): Space | null {
    return this.#space;
  }
  get commandRunning(): boolean {
    return this.#watch?.commandRunning ?? false;
  }
  /** Of the terminal: the byte behind the last command's end. What the prompt shows follows it. */
  get promptByte(): number {
    return this.#rows()[0]?.byte ?? 0;
  }

  /** The terminal that was used last, and a byte that it has printed; null without a computer. */
  get lastShell(): { terminal: Shell; byte: number } | null {
    const number = this.#watch?.lastTerminal ?? 0;
    const byte = this.#rows().find((row) => row.number === number)?.byte ?? 0;
    return this.#sandbox && { terminal: this.#sandbox.terminal(number), byte };
  }

  world(latches: Latches): World | null {
    const sandbox = this.#sandbox;
    if (!sandbox) return null;
    return {
      engine: sandbox.engine,
      registry: (host, credentials) => sandbox.registry(host, credentials),
      files: sandbox.files,
      journal: this.#options.journal,
      latches,
    };
  }

  /** True where there is one now; else it stands in line from now on. Throws `full` where the line is too long. */
  take(): boolean {
    if (this.#sandbox) return true;
    if (!this.#place) return this.#accept(this.#options.pool.arrive(this.#waiter));
    this.#place.present(this.#present);
    return false;
  }

  /** As `take`, for a fresh one: nobody in line comes before it. */
  async replace(): Promise<boolean> {
    const old = this.#sandbox;
    if (!old) return this.take();
    this.#letGo();
    return this.#accept(await this.#options.pool.replace(old.id, this.#waiter));
  }

  put(sandbox: Sandbox): void {
    const { session, store, progress, onSandbox } = this.#options;
    this.#sandbox = sandbox;
    store.setSandbox(session, sandbox.id);
    progress.noneReady();
    onSandbox(sandbox);
  }

  /** Whether a page is open that a place in line is kept for. */
  setPresent(is: boolean): void {
    this.#present = is;
    this.#place?.present(is);
  }

  leaveLine(): void {
    this.#place?.leave();
    this.#place = null;
  }

  /** Gives it back. */
  drop(): void {
    const old = this.#sandbox;
    if (!old) return;
    this.#letGo();
    void this.#options.pool.remove(old.id);
  }

  /** Events of before that moment are left out. */
  watch(listener: WatchListener, eventsSinceMs = this.#options.journal.newestEventMs() ?? Date.now()): void {
    const { store, journal, pool, onSpace, onCommandEnd, onEngineRestarted, onHappened } = this.#options;
    const sandbox = this.#sandbox;
    if (!sandbox) return;
    this.unwatch();
    const space = new SpaceWatch({
      sandbox,
      space: pool.space,
      before: this.#space,
      onChange: (now) => {
        this.#space = now;
        onSpace();
      },
    });
    this.#watch = new SandboxWatch({
      sandbox,
      journal,
      terminals: store.terminals,
      eventsSinceMs,
      onEnded: (terminal) => this.terminalEnded(terminal),
      listener,
      onCommandEnd,
      onEngineRestarted,
      space,
      onHappened,
    });
    // A set-up may have gone before.
    onHappened(null);
  }

  /** Of those that are open. */
  get terminals(): number[] {
    return this.#rows().map(({ number }) => number);
  }

  /** One more terminal; it starts when somebody comes to it. Throws `too-many-terminals`, and `no-computer` where there is none. */
  openTerminal(): number {
    const sandbox = this.#sandbox;
    if (!sandbox) throw noComputer();
    const { terminals } = this;
    const number = Array.from({ length: MAX_TERMINALS }, (_, at) => at).find((at) => !terminals.includes(at));
    if (number === undefined) throw tooManyTerminals();
    this.#options.store.terminals.add(sandbox.id, number);
    this.#watch?.open(number);
    return number;
  }

  /** Hangs up what runs on it. The first one stays. */
  async closeTerminal(number: number): Promise<void> {
    if (number === 0 || !this.#sandbox || !this.terminals.includes(number)) return;
    const { shell, terminal } = this.#sandbox.terminal(number);
    const signal = AbortSignal.timeout(CLOSE_MS);
    await HolderClient.connect(shell, { role: 'owner', terminal, from: 'live', signal }).then(
      (holder) =>
        new Promise<void>((resolve) => {
          holder.onClose = () => resolve();
          holder.resume();
          holder.closeTerminal();
        }),
      () => {},
    );
    this.terminalEnded(number);
  }

  /** Its shell has ended, or it was closed. */
  terminalEnded(number: number): void {
    if (number === 0 || !this.#sandbox || !this.terminals.includes(number)) return;
    this.#options.store.terminals.remove(this.#sandbox.id, number);
    this.#watch?.drop(number);
    this.#options.onTerminals();
  }

  unwatch(): void {
    this.#watch?.close();
    this.#watch = null;
  }

  #accept(got: Sandbox | WaitingPlace): boolean {
    if ('wait' in got) {
      this.#place = got;
      got.present(this.#present);
      return false;
    }
    this.put(got);
    return true;
  }

  #letGo(): void {
    const { session, store, journal, onSandbox } = this.#options;
    this.unwatch();
    this.#sandbox = null;
    this.#space = null;
    store.setSandbox(session, null);
    journal.forgetAll();
    onSandbox(null);
  }

  #rows(): TerminalRow[] {
    return this.#sandbox ? this.#options.store.terminals.of(this.#sandbox.id) : [];
  }
}
