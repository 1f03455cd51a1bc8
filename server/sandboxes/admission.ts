// How many more sandboxes the host can take now: by number, free memory, disk and the processors. What is in use goes on.

import type { HostDisk } from './host-disk.ts';
import { type HostLoad, readHostLoad } from './host-load.ts';

/** What the host has, and what of it stays free. */
export interface HostState {
  free: { memoryBytes: number | null; diskBytes: number | null };
  kept: { memoryBytes: number; diskBytes: number };
  /** How much of the last 10 s somebody waited for a processor, 0 to 1. */
  pressure: number;
}

/** Why there is no place: all are in use, or the host is short of something. */
export type Shortage = 'full' | 'memory' | 'disk' | 'busy';

export interface Room {
  /** So many may be begun now. */
  places: number;
  /** Null where there are places. */
  why: Shortage | null;
}

export interface AdmissionOptions {
  max: number;
  /** Each sandbox's own limit. */
  memoryMb: number;
  /** Kept free for the server, the engine and the kernel's caches. */
  reserveBytes: number;
  /** What a sandbox at work is taken to need until more is seen. */
  sandboxBytes: number;
  hostDisk: HostDisk;
  load?: () => HostLoad;
  clock?: () => number;
}

const MIB = 2 ** 20;
/** So few do not tell what one costs. */
const ENOUGH_TO_TELL = 5;
/** With processors that were waited for nearly all of the last minute, one is begun in this time: slow, and never nothing. */
const BUSY = 0.9;
export const BUSY_PACE_MS = 2_000;

export class Admission {
  readonly #options: AdmissionOptions;
  readonly #load: () => HostLoad;
  readonly #clock: () => number;
  /** Free memory before there was any sandbox, but for those of an earlier run. */
  readonly #emptyBytes: number | null;
  #begunMs = Number.NEGATIVE_INFINITY;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#load = options.load ?? readHostLoad;
    this.#clock = options.clock ?? (() => performance.now());
    this.#emptyBytes = this.#load().availableBytes;
  }

  /** Sandboxes that may exist. */
  get max(): number {
    return this.#options.max;
  }

  async look(): Promise<HostState> {
    const { hostDisk, reserveBytes } = this.#options;
    const { availableBytes, pressure } = this.#load();
    return {
      free: { memoryBytes: availableBytes, diskBytes: await hostDisk.freeBytes() },
      kept: { memoryBytes: reserveBytes, diskBytes: hostDisk.leastBytes },
      pressure: pressure.last10s,
    };
  }

  /** One is begun now. */
  begun(): void {
    this.#begunMs = this.#clock();
  }

  /** `existing` includes those being made, whose memory is not in use yet. */
  async room(existing: number, beingMade: number): Promise<Room> {
    const { max, hostDisk } = this.#options;
    if (existing >= max) return none('full');
    if (!(await hostDisk.hasRoom())) return none('disk');
    const { availableBytes, pressure } = this.#load();
    const fitting = this.#fitting(availableBytes, existing, beingMade);
    if (fitting < 1) return none('memory');
    const places = Math.min(max - existing, fitting);
    if (pressure.last60s < BUSY) return { places, why: null };
    return this.#clock() - this.#begunMs < BUSY_PACE_MS ? none('busy') : { places: 1, why: null };
  }

  /** Whether making stock would take processors from those who work. */
  get calm(): boolean {
    return this.#load().pressure.last10s < 0.3;
  }

  #fitting(available: number | null, existing: number, beingMade: number): number {
    if (available === null) return Number.POSITIVE_INFINITY;
    const { reserveBytes, sandboxBytes, memoryMb } = this.#options;
    const working = existing - beingMade;
    const seen = working < ENOUGH_TO_TELL ? 0 : ((this.#emptyBytes ?? available) - available) / working;
    const each = Math.min(Math.max(sandboxBytes, seen), memoryMb * MIB);
    return Math.floor((available - reserveBytes) / each) - beingMade;
  }
}

const none = (why: Shortage): Room => ({ places: 0, why });
