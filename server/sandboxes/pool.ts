// Practice computers for whoever needs one: a few warm ones in stock, and never more than allowed.

import { messageOf, SlipwayError } from '../errors.ts';
import { type FleetOptions, IDS_PER_SANDBOX, SandboxFleet, type SandboxListener } from './fleet.ts';
import type { HostDisk } from './host-disk.ts';
import type { Sandbox } from './sandbox.ts';
import { SandboxSpace } from './space.ts';

/** Whoever just took one has its set-up running: that one comes first. */
const REFILL_AFTER_MS = 2_500;

export interface PoolOptions extends FleetOptions {
  hostDisk: HostDisk;
  warm: number;
  max: number;
}

export class SandboxPool {
  readonly space: SandboxSpace;
  readonly #options: PoolOptions;
  readonly #fleet: SandboxFleet;
  #warm: Sandbox[] = [];
  #filling: Promise<void> | null = null;
  #healthy = true;
  #closed = false;
  #refillTimer: NodeJS.Timeout | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#fleet = new SandboxFleet(options);
    this.#fleet.listen((id, news) => {
      if (news !== 'gone') return;
      this.#warm = this.#warm.filter((other) => other.id !== id);
      this.#refillSoon();
    });
    const { engine, diskMb, uidBase } = options;
    engine.onBack(() => this.#refillSoon());
    this.space = new SandboxSpace({ engine, sizeMb: diskMb, ownerOf: ({ slot }) => uidBase + slot * IDS_PER_SANDBOX });
  }

  /**
   * Finds the sandboxes of an earlier run again; those in `claimed` stay with their learner, others become stock. Answers how
   * many stay, and which of all had stopped and were started again.
   */
  async adopt(claimed: ReadonlySet<string>): Promise<{ back: number; restarted: Set<string> }> {
    const { found, restarted } = await this.#fleet.adopt();
    this.#warm = found.filter(({ id }) => !claimed.has(id));
    return { back: found.length - this.#warm.length, restarted };
  }

  get(id: string): Sandbox | null {
    return this.#fleet.get(id);
  }
  /** False after stock could not be made, until it can. */
  get healthy(): boolean {
    return this.#healthy;
  }
  get counts(): { all: number; warm: number; max: number } {
    return { all: this.#fleet.size, warm: this.#warm.length, max: this.#options.max };
  }

  /**
   * A ready sandbox that is nobody's. Throws SlipwayError `full`, status 503, where no more may exist, and `disk-low`
   * unless it comes `instead` of one that goes.
   */
  async take({ instead = false } = {}): Promise<Sandbox> {
    const warm = this.#warm.shift();
    if (warm) {
      this.#refillSoon();
      return warm;
    }
    if (this.#filling) {
      // What is wrong is said where one is made for this learner.
      await this.#filling.catch(() => {});
      const filled = this.#warm.shift();
      if (filled) {
        this.#refillSoon();
        return filled;
      }
    }
    const { max } = this.#options;
    if (this.counts.all >= max) {
      throw new SlipwayError(
        'full',
        max === 1 ? 'The only practice computer is in use.' : `All ${max} practice computers are in use.`,
        {
          next: 'Try again in a while: a place is free when somebody stops.',
          status: 503,
        },
      );
    }
    if (!instead) await this.#options.hostDisk.mustHaveRoom();
    const sandbox = await this.#make();
    this.#refillSoon();
    return sandbox;
  }

  /** Told when a sandbox stops, is there again, or is gone. */
  listen(told: SandboxListener): void {
    this.#fleet.listen(told);
  }

  /** Removes a sandbox and everything in it. Never throws: what does not go at once is tried again. */
  async remove(id: string): Promise<void> {
    this.#warm = this.#warm.filter((other) => other.id !== id);
    await this.#fleet.remove(id);
    this.#refillSoon();
  }

  /** Makes stock up to the number wanted. Resolves when it is full; throws what went wrong. */
  async refill(): Promise<void> {
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  /** Removes the stock; claimed sandboxes stay for the next run. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#filling?.catch(() => {});
    await Promise.all(this.#warm.map((sandbox) => this.remove(sandbox.id)));
    await this.#fleet.close();
  }

  #refillSoon(): void {
    this.#refillTimer ??= setTimeout(() => {
      this.#refillTimer = null;
      if (this.#closed) return;
      this.refill().catch((error) => this.#options.log.warn({ error: messageOf(error) }, 'no stock could be made'));
    }, REFILL_AFTER_MS);
    this.#refillTimer.unref();
  }

  async #fill(): Promise<void> {
    while (!this.#closed && this.#warm.length < this.#options.warm && this.counts.all < this.#options.max) {
      await this.#options.hostDisk.mustHaveRoom();
      const sandbox = await this.#make();
      this.#warm.push(sandbox);
    }
  }

  async #make(): Promise<Sandbox> {
    try {
      const sandbox = await this.#fleet.make();
      this.#healthy = true;
      return sandbox;
    } catch (error) {
      this.#healthy = false;
      throw error;
    }
  }
}
