// Practice computers for whoever comes: a warm one, or a place in line until there is one; never more than the host can take.

import { messageOf, SlipwayError } from '../errors.ts';
import type { Admission } from './admission.ts';
import type { Demand } from './demand.ts';
import { type FleetOptions, IDS_PER_SANDBOX, SandboxFleet, type SandboxListener } from './fleet.ts';
import { Line, type Place, type Waiter } from './line.ts';
import type { Sandbox } from './sandbox.ts';
import { SandboxSpace } from './space.ts';
import { Supply, type WaitReason } from './supply.ts';

export interface PoolOptions extends FleetOptions {
  admission: Admission;
  demand: Demand;
}

/** What somebody in line is told. */
export interface Wait {
  /** 1 is the next. */
  place: number;
  /** About; null where nothing is known yet. */
  waitMs: number | null;
  why: WaitReason;
}

export interface WaitingPlace extends Omit<Place, 'number'> {
  readonly wait: Wait;
}

const TAKE_WITHIN_MS = 60_000;
const MAX_WAITING = 1_000;

export class SandboxPool {
  readonly space: SandboxSpace;
  readonly #options: PoolOptions;
  readonly #fleet: SandboxFleet;
  readonly #line = new Line<Sandbox>();
  #supply: Supply;
  /** Kept for somebody whose old one is being removed. */
  #reserved = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#fleet = new SandboxFleet(options);
    this.#fleet.listen((id, news) => {
      if (news !== 'gone') return;
      this.#supply.drop(id);
      this.#supply.serve();
    });
    this.#supply = this.#supplyOf([]);
    const { engine, diskMb, uidBase } = options;
    engine.onBack(() => this.#supply.serve());
    this.space = new SandboxSpace({ engine, sizeMb: diskMb, ownerOf: ({ slot }) => uidBase + slot * IDS_PER_SANDBOX });
  }

  /**
   * Finds the sandboxes of an earlier run again; those in `claimed` stay with their learner, others become stock. Answers how
   * many stay, and which of all had stopped and were started again.
   */
  async adopt(claimed: ReadonlySet<string>): Promise<{ back: number; restarted: Set<string> }> {
    const { found, restarted } = await this.#fleet.adopt();
    const stock = found.filter(({ id }) => !claimed.has(id));
    this.#supply = this.#supplyOf(stock);
    return { back: found.length - stock.length, restarted };
  }

  get(id: string): Sandbox | null {
    return this.#fleet.get(id);
  }
  get admission(): Admission {
    return this.#options.admission;
  }
  /** False after one could not be made, until one can. */
  get healthy(): boolean {
    return this.#supply.healthy;
  }

  get counts(): { claimed: number; warm: number; making: number; waiting: number } {
    const warm = this.#supply.warm.length;
    return { claimed: this.#fleet.standing - warm, warm, making: this.#fleet.making, waiting: this.#line.length };
  }

  /** A ready sandbox that is nobody's, or a place in line where there is none. Throws SlipwayError `full`, status 503, where the line is too long. */
  arrive(waiter: Waiter<Sandbox>): Sandbox | WaitingPlace {
    this.#options.demand.arrived();
    const warm = this.#line.length === 0 ? this.#supply.shift() : null;
    if (warm) return warm;
    if (this.#line.length >= MAX_WAITING) {
      throw new SlipwayError('full', 'All practice computers are in use, and too many wait already.', {
        next: 'Try again in a while.',
        status: 503,
      });
    }
    return this.#wait(waiter);
  }

  /** For a caller that does nothing else meanwhile. Throws SlipwayError `full` where there is none within a minute. */
  take(): Promise<Sandbox> {
    const { promise, resolve, reject } = Promise.withResolvers<Sandbox>();
    const got = this.arrive({ onChange: () => {}, onGranted: resolve, onGivenUp: () => {} });
    if (!('wait' in got)) return Promise.resolve(got);
    got.present(true);
    const late = setTimeout(() => {
      const { why } = got.wait;
      got.leave();
      reject(new SlipwayError('full', `There is no practice computer (${why}).`, { next: 'See npm run doctor.' }));
    }, TAKE_WITHIN_MS);
    return promise.finally(() => clearTimeout(late));
  }

  /** A fresh sandbox for this one, which is removed, past all who wait; a place before them where none can be made. */
  async replace(id: string, waiter: Waiter<Sandbox>): Promise<Sandbox | WaitingPlace> {
    try {
      const warm = this.#supply.shift();
      if (warm) return warm;
      const { places, why } = await this.#options.admission.room(this.#size, this.#supply.coming);
      if ((places < 1 && why !== 'busy') || this.#line.length > 0) {
        // In the old one's place: nobody else gets it meanwhile.
        this.#reserved++;
        await this.#fleet.remove(id);
        this.#reserved--;
      }
      return await this.#fleet.make();
    } catch (error) {
      this.#options.log.warn({ error: messageOf(error) }, 'a sandbox could not be replaced');
      return this.#wait(waiter, { first: true });
    } finally {
      void this.#removeReplaced(id);
    }
  }

  /** Told when a sandbox stops, is there again, or is gone. */
  listen(told: SandboxListener): void {
    this.#fleet.listen(told);
  }

  /** Removes a sandbox and everything in it. Never throws: what does not go at once is tried again. */
  async remove(id: string): Promise<void> {
    const wasStock = this.#supply.drop(id);
    if (!this.#fleet.get(id)) return;
    if (!wasStock) this.#options.demand.freed();
    await this.#fleet.remove(id);
    this.#supply.serve();
  }

  /** Makes stock up to the number wanted now. Resolves when it is full or no more fit; throws what went wrong. */
  refill(): Promise<void> {
    return this.#supply.refill();
  }

  /** Removes the stock; claimed sandboxes stay for the next run, and nobody waits any more. */
  async close(): Promise<void> {
    this.#line.close();
    await this.#supply.stop();
    await Promise.all([...this.#supply.warm].map((sandbox) => this.remove(sandbox.id)));
    await this.#fleet.close();
  }

  async #removeReplaced(id: string): Promise<void> {
    await this.#fleet.remove(id);
    this.#supply.serve();
  }

  get #size(): number {
    return this.#fleet.size + this.#reserved;
  }

  #wait(waiter: Waiter<Sandbox>, how?: { first: boolean }): WaitingPlace {
    const place = this.#line.join(waiter, how);
    const supply = () => this.#supply;
    this.#supply.serve();
    return {
      present: place.present,
      leave: place.leave,
      get wait() {
        const number = Math.max(1, place.number);
        return { place: number, waitMs: supply().waitMs(number), why: supply().why };
      },
    };
  }

  #supplyOf(stock: readonly Sandbox[]): Supply {
    const { admission, demand, log } = this.#options;
    const parts = {
      size: () => this.#size,
      make: () => this.#fleet.make(),
      remove: (id: string) => this.#fleet.remove(id),
    };
    return new Supply({ line: this.#line, admission, demand, log, ...parts }, stock);
  }
}
