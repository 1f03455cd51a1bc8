// Makes sandboxes: at once and several together for those who wait, one by one and in quiet moments for the stock.

import { availableParallelism } from 'node:os';
import { messageOf } from '../errors.ts';
import { type Admission, BUSY_PACE_MS, type Shortage } from './admission.ts';
import type { Demand } from './demand.ts';
import type { Line } from './line.ts';
import type { Sandbox } from './sandbox.ts';

export interface SupplyOptions {
  line: Line<Sandbox>;
  demand: Demand;
  admission: Admission;
  /** How many there are, those being made included. */
  size: () => number;
  make: () => Promise<Sandbox>;
  /** Of what is no longer wanted in stock. */
  remove: (id: string) => Promise<void>;
  log: { warn(fields: object, text: string): void };
}

/** Why somebody waits. `starting`: computers are being made for those in line; `trouble`: that fails, and is tried again. */
export type WaitReason = Shortage | 'starting' | 'trouble';

/** Whoever just took one has its set-up running: that one comes before new stock. */
const STOCK_AFTER_MS = 2_500;
/** So long stock waits for quiet processors at most. */
const CALM_WITHIN_MS = 10_000;
/** Where it cannot be made, this is soon enough: nobody waits. */
const STOCK_LATER_MS = 30_000;
/** Nothing tells of free memory and disk: they are looked at again while somebody waits. */
const LOOK_MS = 2_000;
const TROUBLE_LOOK_MS = 5_000;
const AT_ONCE = Math.max(2, availableParallelism());

export class Supply {
  readonly #options: SupplyOptions;
  readonly #warm: Sandbox[];
  /** Those being made for line or stock. */
  readonly #coming = new Set<Promise<void>>();
  #why: WaitReason = 'starting';
  #healthy = true;
  #stopped = false;
  #serving: Promise<void> | null = null;
  #again = false;
  #lookTimer: NodeJS.Timeout | undefined;
  #stockTimer: NodeJS.Timeout | undefined;
  #stockDueMs = Number.POSITIVE_INFINITY;
  #stockWantedMs: number | null = null;

  constructor(options: SupplyOptions, warm: readonly Sandbox[] = []) {
    this.#options = options;
    this.#warm = [...warm];
  }

  get warm(): readonly Sandbox[] {
    return this.#warm;
  }
  /** False after one could not be made, until one can. */
  get healthy(): boolean {
    return this.#healthy;
  }
  get why(): WaitReason {
    return this.#why;
  }
  get coming(): number {
    return this.#coming.size;
  }

  /** About, until this place's turn comes; null where nothing is known yet. */
  waitMs(place: number): number | null {
    const { demand } = this.#options;
    if (this.#why === 'trouble') return null;
    if (this.#why === 'starting') return demand.makingMs(place, AT_ONCE);
    return this.#why === 'busy' ? place * BUSY_PACE_MS : demand.freeingMs(place);
  }

  /** One of the stock, or null where there is none. */
  shift(): Sandbox | null {
    const warm = this.#warm.shift() ?? null;
    if (warm) this.#stockSoon();
    return warm;
  }

  /** It is no stock any more; whether it was. */
  drop(id: string): boolean {
    const at = this.#warm.findIndex((other) => other.id === id);
    if (at >= 0) this.#warm.splice(at, 1);
    return at >= 0;
  }

  /** Something changed: gives out what there is, and has made what is wanted and fits. */
  serve(): void {
    this.#again = true;
    // Not before the caller is done: who joins the line learns of it first.
    this.#serving ??= Promise.resolve()
      .then(() => this.#serveAll())
      .finally(() => {
        this.#serving = null;
      });
  }

  /** Makes stock up to the number wanted now. Resolves when it is full or no more fit; throws what went wrong. */
  async refill(): Promise<void> {
    while (!this.#stopped && this.#wanted > 0) {
      const places = await this.#room();
      if (places < 1) return;
      const adding = Array.from({ length: Math.min(places, this.#wanted, AT_ONCE) }, () => this.#add());
      // Nothing is half made when it throws.
      await Promise.allSettled(adding);
      await Promise.all(adding);
    }
  }

  /** Makes no more; resolves when what was being made is there. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#lookTimer);
    clearTimeout(this.#stockTimer);
    await this.#serving;
    await Promise.allSettled(this.#coming);
  }

  get #wanted(): number {
    return this.#options.demand.target - this.#warm.length - this.coming;
  }

  async #serveAll(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#serveOnce();
    }
  }

  async #serveOnce(): Promise<void> {
    const { line } = this.#options;
    while (line.length > 0) {
      const warm = this.#warm.shift();
      if (!warm) break;
      line.grant(warm);
    }
    if (line.length === 0) return this.#stockSoon();
    if (line.length <= this.coming || this.coming >= AT_ONCE || this.#why === 'trouble') return;
    const places = await this.#room();
    if (this.#stopped) return;
    if (places < 1) this.#lookAgain(LOOK_MS);
    else if (line.length > this.coming) {
      this.#add().catch(() => {});
      this.#again = true;
    }
    line.tell();
  }

  /** So many may be begun now; remembers why there are none. */
  async #room(): Promise<number> {
    const { admission, size } = this.#options;
    const { places, why } = await admission.room(size(), this.coming);
    this.#why = why ?? 'starting';
    return places;
  }

  #add(): Promise<void> {
    this.#options.admission.begun();
    const adding = this.#make().finally(() => {
      this.#coming.delete(adding);
      this.serve();
    });
    this.#coming.add(adding);
    return adding;
  }

  async #make(): Promise<void> {
    const { demand, make } = this.#options;
    const begun = performance.now();
    try {
      this.#warm.push(await make());
      demand.made(performance.now() - begun);
      this.#healthy = true;
      if (this.#why === 'trouble') this.#why = 'starting';
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  #failed(error: unknown): void {
    const { line, log } = this.#options;
    log.warn({ error: messageOf(error) }, 'no sandbox could be made');
    this.#healthy = false;
    this.#why = 'trouble';
    this.#lookAgain(TROUBLE_LOOK_MS);
    line.tell();
  }

  #lookAgain(inMs: number): void {
    clearTimeout(this.#lookTimer);
    this.#lookTimer = setTimeout(() => {
      if (this.#why === 'trouble') this.#why = 'starting';
      this.serve();
    }, inMs);
    this.#lookTimer.unref();
  }

  /** Looks after the stock in a while: one more, one less, or nothing. */
  #stockSoon(inMs = STOCK_AFTER_MS): void {
    const { lowerInMs } = this.#options.demand;
    if (this.#stopped || (this.#wanted === 0 && lowerInMs === null)) return;
    const dueMs = performance.now() + (this.#wanted === 0 ? Math.max(inMs, lowerInMs ?? 0) : inMs);
    if (dueMs >= this.#stockDueMs) return;
    clearTimeout(this.#stockTimer);
    this.#stockDueMs = dueMs;
    this.#stockTimer = setTimeout(async () => {
      const nextInMs = await this.#tendStock();
      this.#stockDueMs = Number.POSITIVE_INFINITY;
      this.#stockSoon(nextInMs);
    }, dueMs - performance.now());
    this.#stockTimer.unref();
  }

  /** Answers when to look again. */
  async #tendStock(): Promise<number> {
    const { line, admission, remove, log } = this.#options;
    if (line.length > 0 || this.coming > 0 || this.#wanted === 0) return STOCK_AFTER_MS;
    try {
      if (this.#wanted < 0) {
        const oldest = this.#warm.shift();
        if (oldest) await remove(oldest.id);
        return STOCK_AFTER_MS;
      }
      this.#stockWantedMs ??= performance.now();
      if (!admission.calm && performance.now() - this.#stockWantedMs < CALM_WITHIN_MS) return STOCK_AFTER_MS;
      this.#stockWantedMs = null;
      if ((await this.#room()) < 1) return this.#why === 'busy' ? STOCK_AFTER_MS : STOCK_LATER_MS;
      await this.#add();
      return STOCK_AFTER_MS;
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'the stock is not as it should be');
      return STOCK_LATER_MS;
    }
  }
}
