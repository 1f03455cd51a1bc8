// The practice computer of one session: taken from the pool, watched, and given back.

import type { Space } from '../../protocol/session.ts';
import type { Journal } from '../checks/journal.ts';
import type { Latches, World } from '../checks/types.ts';
import type { SandboxPool } from '../sandboxes/pool.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Store } from '../store/store.ts';
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
  onCommandEnd: () => void;
}

export class LearnerComputer {
  readonly #options: ComputerOptions;
  #sandbox: Sandbox | null;
  #watch: SandboxWatch | null = null;
  #space: Space | null = null;

  constructor(options: ComputerOptions) {
    this.#options = options;
    const { sandboxId, pool } = options;
    this.#sandbox = sandboxId === null ? null : pool.get(sandboxId);
  }

  get sandbox(): Sandbox | null {
    return this.#sandbox;
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
    return this.#row()?.terminalByte ?? 0;
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

  /** Nothing happens where there is one. `instead`: of one that was dropped. Throws `full`, and `disk-low` where it is not. */
  async take({ instead = false } = {}): Promise<void> {
    if (this.#sandbox) return;
    const { session, store, pool, progress, onSandbox } = this.#options;
    const sandbox = await pool.take({ instead });
    this.#sandbox = sandbox;
    store.setSandbox(session, sandbox.id);
    progress.noneReady();
    onSandbox(sandbox);
  }

  async drop(): Promise<void> {
    const old = this.#sandbox;
    if (!old) return;
    const { session, store, pool, journal, onSandbox } = this.#options;
    this.unwatch();
    this.#sandbox = null;
    this.#space = null;
    store.setSandbox(session, null);
    journal.forgetAll();
    onSandbox(null);
    const removal = pool.remove(old.id);
    // Only where no more sandboxes may exist does the new one have to wait for the old one's place.
    if (pool.counts.all >= pool.counts.max) await removal;
  }

  /** Events of before that moment are left out. */
  watch(listener: WatchListener, eventsSinceMs = this.#options.journal.newestEventMs() ?? Date.now()): void {
    const { store, journal, pool, onSpace, onCommandEnd } = this.#options;
    const sandbox = this.#sandbox;
    if (!sandbox) return;
    this.unwatch();
    const row = this.#row();
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
      shellFrom: row?.terminal ? { terminal: row.terminal, byte: row.terminalByte } : null,
      eventsSinceMs,
      onShellRead: (terminal, byte) => store.setTerminalByte(sandbox.id, terminal, byte),
      listener,
      onCommandEnd,
      space,
    });
  }

  unwatch(): void {
    this.#watch?.close();
    this.#watch = null;
  }

  #row() {
    return this.#options.store.sandboxes().find((row) => row.id === this.#sandbox?.id);
  }
}
