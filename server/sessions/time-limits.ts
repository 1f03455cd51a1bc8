// How long a learner keeps a computer: while nothing is done, and in all. Counted here, warned of before, extended within policy.

import type { TimeNotice } from '../../protocol/session.ts';
import { SlipwayError } from '../errors.ts';

export interface LimitPolicy {
  /** Null: no limit. */
  idleMs: number | null;
  totalMs: number | null;
  /** How often the limit in all may be put off by EXTENSION_MS. */
  extensions: number;
}

export type LimitReason = TimeNotice['why'];

/** What outlives the server. The time while no server runs is not counted. */
export interface KeptTime {
  usedMs: number;
  idleMs: number;
  extensions: number;
  /** Why the computer was put away; null where none was. */
  ended: LimitReason | null;
}

export interface TimeLimitsOptions {
  policy: LimitPolicy;
  kept: KeptTime;
  /** Milliseconds that only go forward; no wall clock, which may be set. */
  clock?: () => number;
  keep: (time: KeptTime) => void;
  /** What `notice` answers has changed. */
  onChange: () => void;
  /** Time is up: the computer is to be given back, then `end` told. */
  onDue: (why: LimitReason) => void;
}

export const EXTENSION_MS = 30 * 60_000;
const WARN_MS = 5 * 60_000;
/** What a server that is killed loses at most. */
const KEEP_MS = 60_000;

export const NO_TIME: KeptTime = { usedMs: 0, idleMs: 0, extensions: 0, ended: null };

export class TimeLimits {
  readonly #options: TimeLimitsOptions;
  readonly #clock: () => number;
  #startedMs = 0;
  #touchedMs = 0;
  /** Since when the class stands still. */
  #heldMs: number | null = null;
  #extensions: number;
  #ended: LimitReason | null;
  /** Since when the learner has been warned: nobody loses a computer without the whole warning. */
  readonly #warnedMs: Record<LimitReason, number | null> = { idle: null, total: null };
  #running = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: TimeLimitsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#extensions = options.kept.extensions;
    this.#ended = options.kept.ended;
  }

  /** A fresh computer. */
  start(): void {
    this.#run(NO_TIME);
    this.#keep();
  }

  /** The computer of an earlier run of the server. */
  resume(): void {
    this.#run(this.#options.kept);
  }

  /** There is no computer any more. */
  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  /** The computer was given back because its time was up. */
  end(why: LimitReason): void {
    this.stop();
    this.#ended = why;
    this.#keep();
    this.#options.onChange();
  }

  /** The server stops: what was counted is kept. */
  close(): void {
    if (this.#running) this.#keep();
    this.stop();
  }

  /** The learner did something. */
  touch(): void {
    this.#touchedMs = this.#heldMs ?? this.#clock();
    if (this.#warnedMs.idle === null) return;
    this.#warnedMs.idle = null;
    this.#look();
    this.#options.onChange();
  }

  /** While the class stands still nobody is idle. */
  hold(is: boolean): void {
    if (is === (this.#heldMs !== null)) return;
    const now = this.#clock();
    if (this.#heldMs !== null) this.#touchedMs += now - this.#heldMs;
    this.#heldMs = is ? now : null;
    this.#warnedMs.idle = null;
    this.#look();
    this.#options.onChange();
  }

  /** Puts off the end that is warned of. Throws SlipwayError `no-more-time`; nothing happens where none is warned of. */
  extend(): void {
    const { notice } = this;
    this.touch();
    if (notice?.state !== 'ending' || notice.why !== 'total') return;
    if (this.#extensions >= this.#options.policy.extensions) {
      throw new SlipwayError('no-more-time', 'This computer cannot be kept any longer.', {
        next: 'Your progress is kept. When its time is up, you can go on with a fresh one.',
        status: 409,
      });
    }
    this.#extensions += 1;
    this.#warnedMs.total = null;
    this.#keep();
    this.#look();
    this.#options.onChange();
  }

  /** What the learner is told: null while no end is near. */
  get notice(): TimeNotice | null {
    if (this.#ended) return { state: 'ended', why: this.#ended };
    if (!this.#running) return null;
    const near = (['idle', 'total'] as const).filter((why) => this.#warnedMs[why] !== null);
    const [why] = near.sort((a, b) => this.#leftMs(a) - this.#leftMs(b));
    if (!why) return null;
    const extendable = why === 'idle' || this.#extensions < this.#options.policy.extensions;
    return { state: 'ending', why, endsInMs: Math.max(0, Math.round(this.#leftMs(why))), extendable };
  }

  #run(from: KeptTime): void {
    const now = this.#clock();
    this.#startedMs = now - from.usedMs;
    this.#touchedMs = now - from.idleMs;
    if (this.#heldMs !== null) this.#heldMs = now;
    this.#extensions = from.extensions;
    this.#ended = null;
    this.#warnedMs.idle = null;
    this.#warnedMs.total = null;
    this.#running = true;
    this.#look();
  }

  /** Warns of what is near, ends what is over, and looks again when that may have changed. */
  #look(): void {
    clearTimeout(this.#timer);
    const { idleMs, totalMs } = this.#options.policy;
    if (!this.#running || (idleMs === null && totalMs === null)) return;
    const now = this.#clock();
    let changed = false;
    let nextMs = KEEP_MS;
    for (const why of ['idle', 'total'] as const) {
      const limit = this.#limitOf(why);
      if (limit === null || (why === 'idle' && this.#heldMs !== null)) continue;
      const warning = warningOf(limit);
      if (this.#warnedMs[why] === null && limit - this.#spentMs(why) <= warning) {
        this.#warnedMs[why] = now;
        changed = true;
      }
      const left = this.#leftMs(why);
      if (left <= 0) {
        this.stop();
        return this.#options.onDue(why);
      }
      nextMs = Math.min(nextMs, this.#warnedMs[why] === null ? left - warning : left);
    }
    this.#timer = setTimeout(() => {
      this.#look();
      if (this.#running) this.#keep();
    }, Math.ceil(nextMs));
    this.#timer.unref();
    if (changed) this.#options.onChange();
  }

  /** Until the end: at least what is left of the warning. */
  #leftMs(why: LimitReason): number {
    const limit = this.#limitOf(why);
    if (limit === null) return Number.POSITIVE_INFINITY;
    const warned = this.#warnedMs[why];
    const ofWarning = warned === null ? 0 : warningOf(limit) - (this.#clock() - warned);
    return Math.max(limit - this.#spentMs(why), ofWarning);
  }

  #spentMs(why: LimitReason): number {
    if (why === 'total') return this.#clock() - this.#startedMs;
    return (this.#heldMs ?? this.#clock()) - this.#touchedMs;
  }

  #limitOf(why: LimitReason): number | null {
    const { idleMs, totalMs } = this.#options.policy;
    if (why === 'idle') return idleMs;
    return totalMs === null ? null : totalMs + this.#extensions * EXTENSION_MS;
  }

  #keep(): void {
    const now = this.#clock();
    this.#options.keep({
      usedMs: this.#ended ? 0 : Math.round(now - this.#startedMs),
      idleMs: this.#ended ? 0 : Math.round(this.#spentMs('idle')),
      extensions: this.#extensions,
      ended: this.#ended,
    });
  }
}

/** Of short limits half. */
function warningOf(limitMs: number): number {
  return Math.min(WARN_MS, limitMs / 2);
}
