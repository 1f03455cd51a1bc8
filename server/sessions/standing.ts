// How a learner stands, for whoever teaches them: since when they are at their step, what failed, and whether they are there.

import type { StepTimeRow, StepTimeStore } from '../store/step-times.ts';
import type { Mark } from '../store/store.ts';

/** Who was away for longer begins the step's time anew: nobody is stuck overnight. */
export const AWAY_MS = 10 * 60_000;
/** Each key is something done: it is told of no more often than this. */
const ACTIVE_EVERY_MS = 5_000;

export interface StandingView {
  connected: boolean;
  /** Null where nothing is known since the server's start. */
  activeMs: number | null;
  lesson: string | null;
  step: string | null;
  sinceMs: number | null;
  tries: number;
  diagnosis: string | null;
  times: readonly StepTimeRow[];
}

export interface StandingOptions {
  session: string;
  times: StepTimeStore;
  /** What was told last of a step that is still to be passed. */
  diagnosisOf: (lesson: string, step: string) => string | null;
  onChange: () => void;
  now?: () => number;
}

/** The open lesson as it is now. */
export interface OpenLesson {
  lesson: string | null;
  /** The current one. */
  step: string | null;
  /** It can be worked on. */
  ready: boolean;
  markOf: (lesson: string, step: string) => Mark | undefined;
}

const keyOf = (lesson: string, step: string) => `${lesson} ${step}`;

export class Standing {
  readonly #options: StandingOptions;
  readonly #now: () => number;
  readonly #times: Map<string, StepTimeRow>;
  #lesson: string | null = null;
  #step: string | null = null;
  #ready = false;
  #diagnosis: string | null = null;
  /** What the last failed try was: a fail in other words is no other try. */
  #tried: unknown = null;
  #connected = false;
  #leftMs: number | null = null;
  #activeMs: number | null = null;
  #toldMs = 0;

  constructor(options: StandingOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#times = new Map(options.times.of(options.session).map((row) => [keyOf(row.lesson, row.step), row]));
  }

  get view(): StandingView {
    const time = this.#current;
    return {
      connected: this.#connected,
      activeMs: this.#activeMs,
      lesson: this.#lesson,
      step: this.#step,
      sinceMs: (this.#ready && time?.begunMs) || null,
      tries: time?.tries ?? 0,
      diagnosis: this.#diagnosis,
      times: [...this.#times.values()],
    };
  }

  /** Something may have changed. */
  look({ lesson, step, ready, markOf }: OpenLesson): void {
    const moved = lesson !== this.#lesson || step !== this.#step;
    if (moved) {
      const before = this.#current;
      if (before && before.endedMs === null && markOf(before.lesson, before.step)) {
        this.#set({ ...before, endedMs: this.#now() });
      }
      this.#lesson = lesson;
      this.#step = step;
      this.#diagnosis = lesson !== null && step !== null ? this.#options.diagnosisOf(lesson, step) : null;
      this.#tried = null;
    }
    this.#ready = ready;
    if (!ready || lesson === null || step === null) return;
    const time = this.#current;
    if (!time) this.#set({ lesson, step, begunMs: this.#now(), endedMs: null, tries: 0 });
    // One that was skipped, and is open again.
    else if (time.endedMs !== null) this.#set({ ...time, begunMs: this.#now(), endedMs: null });
  }

  /** `tried`: what of two fails of one try is the same. */
  failed(message: string, tried: unknown): void {
    this.#diagnosis = message;
    const time = this.#current;
    if (!time || tried === this.#tried) return;
    this.#tried = tried;
    this.#set({ ...time, tries: time.tries + 1 });
  }

  /** The lesson begins anew. */
  forget(lesson: string): void {
    for (const [key, time] of this.#times) if (time.lesson === lesson) this.#times.delete(key);
    if (this.#lesson === lesson) this.#step = null;
    this.#diagnosis = null;
  }

  /** The learner did something. */
  touch(): void {
    this.#activeMs = this.#now();
    if (this.#activeMs - this.#toldMs < ACTIVE_EVERY_MS) return;
    this.#toldMs = this.#activeMs;
    this.#options.onChange();
  }

  setConnected(is: boolean): void {
    if (is === this.#connected) return;
    this.#connected = is;
    const time = this.#current;
    if (!is) this.#leftMs = this.#now();
    else if (time && this.#leftMs !== null && this.#now() - this.#leftMs > AWAY_MS)
      this.#set({ ...time, begunMs: this.#now() });
    this.#options.onChange();
  }

  get #current(): StepTimeRow | undefined {
    return this.#lesson !== null && this.#step !== null ? this.#times.get(keyOf(this.#lesson, this.#step)) : undefined;
  }

  #set(time: StepTimeRow): void {
    this.#times.set(keyOf(time.lesson, time.step), time);
    this.#options.times.set(this.#options.session, time);
  }
}
