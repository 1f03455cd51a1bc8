// Sandboxes that are to go: known until nothing of them is left, and tried again where something will not go.

import type { HostEngine } from '../engine/host-images.ts';
import type { Owner } from '../engine/labels.ts';
import { leaveDisk, removeSandboxContainer, removeSandboxVolume } from '../engine/sandbox-container.ts';
import { messageOf } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Sandbox } from './sandbox.ts';

const PAUSE_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

export interface RemovalsOptions {
  engine: HostEngine;
  owner: Owner;
  store: Store;
  /** Ends the sandbox's connections to the practice Docker Hub. */
  closeDoor: (id: string) => Promise<void>;
  log: { warn(fields: object, text: string): void };
}

interface Leaving {
  sandbox: Sandbox;
  failures: number;
  /** Its container may be there: it takes memory. */
  holds: boolean;
  timer: NodeJS.Timeout | null;
  attempt: Promise<boolean> | null;
}

export class Removals {
  readonly #options: RemovalsOptions;
  readonly #leaving = new Map<string, Leaving>();
  #closed = false;

  constructor(options: RemovalsOptions) {
    this.#options = options;
  }

  has(id: string): boolean {
    return this.#leaving.has(id);
  }
  /** How many still take memory. */
  get holding(): number {
    return [...this.#leaving.values()].filter(({ holds }) => holds).length;
  }

  /** True when nothing of it is left; false where something will not go, which is tried again by itself. Never throws. */
  remove(sandbox: Sandbox): Promise<boolean> {
    const known = this.#leaving.get(sandbox.id);
    const leaving = known ?? { sandbox, failures: 0, holds: true, timer: null, attempt: null };
    this.#leaving.set(sandbox.id, leaving);
    return this.#try(leaving);
  }

  /** At once, as something has changed. */
  again(): void {
    for (const leaving of this.#leaving.values()) void this.#try(leaving);
  }

  /** What is left is for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of this.#leaving.values()) if (timer) clearTimeout(timer);
    await Promise.all([...this.#leaving.values()].map(({ attempt }) => attempt));
  }

  #try(leaving: Leaving): Promise<boolean> {
    if (leaving.timer) clearTimeout(leaving.timer);
    leaving.timer = null;
    leaving.attempt ??= this.#attempt(leaving).finally(() => {
      leaving.attempt = null;
    });
    return leaving.attempt;
  }

  async #attempt(leaving: Leaving): Promise<boolean> {
    const { engine, owner, store, closeDoor } = this.#options;
    const { sandbox } = leaving;
    try {
      if (leaving.failures === 0) store.setLeaving(sandbox.id, Date.now(), null);
      await closeDoor(sandbox.id);
      sandbox.link.close();
      await removeSandboxContainer(engine, owner.instance, sandbox.id);
      leaving.holds = false;
      await removeSandboxVolume(engine, sandbox.id);
      await leaveDisk(sandbox.diskFile);
      await sandbox.removeDir();
      store.removeSandbox(sandbox.id);
      this.#leaving.delete(sandbox.id);
      return true;
    } catch (error) {
      this.#failed(leaving, messageOf(error).trim());
      return false;
    }
  }

  #failed(leaving: Leaving, trouble: string): void {
    const { store, log } = this.#options;
    const { id } = leaving.sandbox;
    if (this.#closed) return;
    const pauseMs = PAUSE_MS[Math.min(leaving.failures, PAUSE_MS.length - 1)];
    leaving.failures += 1;
    leaving.timer = setTimeout(() => void this.#try(leaving), pauseMs).unref();
    log.warn({ sandbox: id, error: trouble, againInMs: pauseMs }, 'a sandbox could not be removed yet');
    try {
      store.setLeaving(id, Date.now(), trouble);
    } catch {
      // A full disk keeps no note of it; the log has it.
    }
  }
}
