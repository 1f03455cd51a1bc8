// One rehearsal: as many headless learners come in the same moment, take a lesson, and keep their computers until all are done.

import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Rehearsal as View } from '../../protocol/rehearsal.ts';
import { messageOf } from '../errors.ts';
import { fewAtATime } from '../few-at-a-time.ts';
import type { Lesson } from '../lessons/load.ts';
import { percentile } from '../percentile.ts';
import type { Admission, HostState } from '../sandboxes/admission.ts';
import { HeadlessLearner } from '../sessions/headless-learner.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { judgeRehearsal } from './rehearsal-judgement.ts';

export interface RehearsalOptions {
  /** Those of the rehearsal. */
  sessions: Sessions;
  /** Those of people, who come first. */
  people: Pick<Sessions, 'anyoneWaits'>;
  admission: Admission;
  lesson: Lesson;
  learners: number;
  /** Computers that learners have already. */
  inUse: number;
  log: { warn(fields: object, text: string): void };
}

/** Whoever has no computer by then gets none. */
const ARRIVE_MS = 4 * 60_000;
/** Where nothing but a place that gets free would help, nobody waits longer: all keep theirs. */
const SHORT_MS = 10_000;
/** No step is begun afterwards; what goes on is cut a while later. */
const TOTAL_MS = 6 * 60_000;
const CUT_MS = TOTAL_MS + 60_000;
/** Each learner a step about every 20 s, three times as fast as people; fewer do them faster. */
const STEP_EVERY_MS = 20_000;
const STEP_PER_LEARNER_MS = 667;
const STEP_LEAST_MS = 1_000;
const LOOK_MS = 500;
const LEAVING_AT_ONCE = 4;

type Levels = HostState['free'];
const lower = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));
const isLasting = (why: View['short']) => why === 'full' || why === 'memory' || why === 'disk';

export class Rehearsal {
  /** When it is over, and its computers are gone. Never rejects. */
  readonly ended: Promise<void>;
  readonly #options: RehearsalOptions;
  readonly #learners: HeadlessLearner[];
  readonly #stop = new AbortController();
  /** Whoever has no computer yet gets none. */
  readonly #late = new AbortController();
  readonly #startedMs = Date.now();
  readonly #beganMs = performance.now();
  readonly #waitsMs: number[] = [];
  readonly #pressures: number[] = [];
  #arriving: number;
  #state: View['state'] = 'running';
  #stoppedFor: View['stoppedFor'] = null;
  #endedMs: number | null = null;
  #short: View['short'] = null;
  #shortSinceMs: number | null = null;
  #before: Levels = { memoryBytes: null, diskBytes: null };
  #lowest: Levels = { memoryBytes: null, diskBytes: null };
  #kept = { memoryBytes: 0, diskBytes: 0 };
  #lost = 0;

  constructor(options: RehearsalOptions) {
    this.#options = options;
    const { sessions, lesson, learners } = options;
    // As many wait for its end as there are learners.
    setMaxListeners(0, this.#stop.signal);
    this.#learners = Array.from({ length: learners }, () => new HeadlessLearner(sessions, lesson, this.#stop.signal));
    this.#arriving = learners;
    this.ended = this.#run();
  }

  /** Its computers go; who asked for that, or needs the place. */
  stop(stoppedFor: NonNullable<View['stoppedFor']>): void {
    if (this.#state !== 'running' || this.#stop.signal.aborted) return;
    this.#stoppedFor = stoppedFor;
    this.#stop.abort();
  }

  get view(): View {
    const { lesson, learners, inUse } = this.#options;
    const done = this.#learners.map((learner) => learner.done);
    const sum = (of: (one: (typeof done)[number]) => number) => done.reduce((total, one) => total + of(one), 0);
    const verdicts = done.flatMap(({ verdictsMs }) => verdictsMs);
    const waits = this.#waitsMs;
    const seen = {
      lesson: lesson.slug,
      learners,
      startedMs: this.#startedMs,
      endedMs: this.#endedMs,
      inUse,
      got: waits.length,
      waitMs:
        waits.length === 0
          ? null
          : { first: whole(Math.min(...waits)), median: whole(percentile(waits, 50)), last: whole(Math.max(...waits)) },
      short: waits.length < learners ? this.#short : null,
      lost: this.#lost,
      commands: { tried: sum(({ commands }) => commands.tried), succeeded: sum(({ commands }) => commands.succeeded) },
      steps: { tried: sum(({ steps }) => steps.tried), passed: sum(({ steps }) => steps.passed) },
      verdictMs:
        verdicts.length === 0 ? null : { p50: whole(percentile(verdicts, 50)), p95: whole(percentile(verdicts, 95)) },
      before: this.#before,
      lowest: this.#lowest,
      kept: this.#kept,
      pressure: this.#pressures.length === 0 ? null : Math.round(percentile(this.#pressures, 50) * 100) / 100,
    };
    const judgement = this.#state === 'done' ? judgeRehearsal(seen) : null;
    return { ...seen, state: this.#state, stoppedFor: this.#stoppedFor, judgement };
  }

  async #run(): Promise<void> {
    const { log } = this.#options;
    const stop = this.#stop.signal;
    const timers = [
      setTimeout(() => this.#late.abort(), ARRIVE_MS),
      // What it has seen by then counts.
      setTimeout(() => this.#stop.abort(), CUT_MS),
    ];
    const looking = setInterval(() => void this.#look().catch(() => {}), LOOK_MS);
    try {
      await this.#look();
      const late = AbortSignal.any([stop, this.#late.signal]);
      setMaxListeners(0, late);
      await Promise.all(this.#learners.map((learner) => this.#takePart(learner, late)));
      await this.#look();
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'a rehearsal went wrong');
    } finally {
      clearInterval(looking);
      for (const timer of timers) clearTimeout(timer);
      // Before they leave.
      this.#endedMs = Date.now();
      this.#lost = this.#learners.filter((learner) => learner.lost).length;
      await fewAtATime(this.#learners, LEAVING_AT_ONCE, (learner) => learner.leave()).catch((error) =>
        log.warn({ error: messageOf(error) }, 'a headless learner could not leave'),
      );
      this.#state = this.#stoppedFor === null ? 'done' : 'stopped';
    }
  }

  async #takePart(learner: HeadlessLearner, late: AbortSignal): Promise<void> {
    const { lesson, learners, log } = this.#options;
    const stop = this.#stop.signal;
    try {
      const there = await learner.arrive(late).finally(() => {
        this.#arriving -= 1;
      });
      if (!there) return;
      this.#waitsMs.push(performance.now() - this.#beganMs);
      const everyMs = Math.max(STEP_LEAST_MS, Math.min(STEP_EVERY_MS, learners * STEP_PER_LEARNER_MS));
      for (const step of lesson.steps) {
        await delay(everyMs * (0.5 + Math.random()), undefined, { signal: stop });
        if (performance.now() - this.#beganMs > TOTAL_MS || learner.lost) return;
        await learner.take(step);
      }
    } catch (error) {
      if (!stop.aborted) log.warn({ lesson: lesson.slug, error: messageOf(error) }, 'a headless learner gave up');
    }
  }

  /** Learners come first; and the machine has to be looked at, nothing tells. */
  async #look(): Promise<void> {
    const { admission, people } = this.#options;
    if (people.anyoneWaits) this.stop('learner');
    const { free, kept, pressure } = await admission.look();
    if (this.#before.memoryBytes === null && this.#before.diskBytes === null) this.#before = free;
    this.#kept = kept;
    this.#lowest = {
      memoryBytes: lower(this.#lowest.memoryBytes, free.memoryBytes),
      diskBytes: lower(this.#lowest.diskBytes, free.diskBytes),
    };
    if (this.#arriving === 0) this.#pressures.push(pressure);
    else this.#lookAtLine();
  }

  #lookAtLine(): void {
    const now = performance.now();
    const why = this.#learners.map(({ waitsFor }) => waitsFor).find((one) => one !== null) ?? null;
    if (why !== null) this.#short = why;
    if (!isLasting(why)) this.#shortSinceMs = null;
    else {
      this.#shortSinceMs ??= now;
      if (now - this.#shortSinceMs > SHORT_MS) this.#late.abort();
    }
  }
}

const whole = (ms: number) => Math.round(ms);
