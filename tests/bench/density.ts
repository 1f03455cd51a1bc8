// How many learners fit: what a sandbox with everything in it costs, and how their steps go when all of them work at once.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { type Lesson, loadLessons } from '../../server/lessons/load.ts';
import { readHostLoad } from '../../server/sandboxes/host-load.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { percentile } from './figures.ts';

/** Its set-up starts a registry, so each learner's is running. */
const LESSON = 'the-round-trip';
/** So many arrive side by side, as in a room. */
const ARRIVING = 2;
const SETTLE_MS = 10_000;
const IDLE_MS = 30_000;
const STEP_EVERY_MS = 60_000;
const COMMAND_MS = 60_000;
const MIB = 2 ** 20;

export interface DensityOptions {
  learners: number;
  /** How long they work. */
  minutes: number;
  json: boolean;
}

export async function benchDensity({ learners, minutes, json }: DensityOptions): Promise<void> {
  const say = (text: string) => console.error(`  ${text}`);
  await using server = await TestServer.start({
    args: ['--max-sandboxes', String(learners + 4), '--warm-sandboxes', '1'],
  });
  const lesson = loadLessons(fileURLToPath(new URL('../../lessons', import.meta.url))).get(LESSON);
  await pause(SETTLE_MS);
  const before = measure();
  const quiet = await busyPercent(IDLE_MS);

  const all: WorkingLearner[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: ARRIVING }, async () => {
      while (next < learners) {
        next += 1;
        all.push(await WorkingLearner.arrive(server, lesson));
        if (all.length % 10 === 0) say(`${all.length} of ${learners} are there`);
      }
    }),
  );
  await pause(SETTLE_MS);
  const after = measure();
  const mibEach = (before.available - after.available - (after.own - before.own)) / MIB / learners;
  const idleCpuPercentEach = Math.max(0, (await busyPercent(IDLE_MS)) - quiet) / learners;
  say(`${mibEach.toFixed(1)} MiB and ${idleCpuPercentEach.toFixed(3)} % of a core each, idle`);

  const end = Date.now() + minutes * 60_000;
  await Promise.all(all.map((learner) => learner.work(end)));
  const figures = {
    learners,
    mibEach: round(mibEach, 1),
    idleCpuPercentEach: round(idleCpuPercentEach, 3),
    succeeded: round(sum(all, 'succeeded') / sum(all, 'tried'), 4),
    verdictP95Ms: round(
      percentile(
        all.flatMap(({ verdicts }) => verdicts),
        95,
      ),
      1,
    ),
    echoP95Ms: round(
      percentile(
        all.flatMap(({ echoes }) => echoes),
        95,
      ),
      1,
    ),
  };
  for (const failure of all.flatMap(({ failures }) => failures).slice(0, 20)) say(failure);
  say(`${sum(all, 'tried')} commands, ${all.flatMap(({ verdicts }) => verdicts).length} verdicts`);
  console.log(
    json
      ? JSON.stringify(figures)
      : Object.entries(figures)
          .map(([name, value]) => `${name.padEnd(20)} ${value}`)
          .join('\n'),
  );
}

/** One who takes the lesson's steps, one after the other, at times that nobody foresees. */
class WorkingLearner {
  readonly verdicts: number[] = [];
  readonly echoes: number[] = [];
  readonly failures: string[] = [];
  tried = 0;
  succeeded = 0;
  readonly #learner: Learner;
  readonly #terminal: LearnerTerminal;
  readonly #lesson: Lesson;
  /** Exit codes of the commands so far. */
  #exits: string[] = [];
  #endedAt = 0;
  #judgedAt = 0;
  #isJudged: (session: Session) => boolean = () => false;
  #onOutput: () => void = () => {};

  private constructor(learner: Learner, terminal: LearnerTerminal, lesson: Lesson) {
    this.#learner = learner;
    this.#terminal = terminal;
    this.#lesson = lesson;
    terminal.socket.on('message', (data: Buffer, binary: boolean) => {
      const now = performance.now();
      if (!binary) {
        if (this.#judgedAt > 0) return;
        const message = JSON.parse(data.toString('utf8')) as { session?: Session };
        if (message.session && this.#isJudged(message.session)) this.#judgedAt = now;
        return;
      }
      this.#onOutput();
      for (const [, exit = ''] of data.toString('latin1').matchAll(/\x1b\]633;D;(\d+)/g)) {
        this.#exits.push(exit);
        this.#endedAt = now;
      }
    });
  }

  static async arrive(server: TestServer, lesson: Lesson): Promise<WorkingLearner> {
    const learner = new Learner(server);
    await learner.post(routes.open(lesson.slug));
    await until(async () => (await learner.session()).setup.state === 'ready', 'the set-up', COMMAND_MS);
    const terminal = await learner.terminal();
    await terminal.shows('# ');
    terminal.keeping = false;
    return new WorkingLearner(learner, terminal, lesson);
  }

  /** Steps come as a Poisson process, one a minute; one that takes longer delays the next. */
  async work(end: number): Promise<void> {
    let at = Date.now();
    for (const step of this.#lesson.steps) {
      at = Math.max(Date.now(), at - Math.log(1 - Math.random()) * STEP_EVERY_MS);
      if (at >= end) return;
      await pause(at - Date.now());
      await this.#echo();
      await this.#take(step).catch((error: Error) => this.failures.push(`${step.id}: ${error.message}`));
    }
  }

  async #take(step: Lesson['steps'][number]): Promise<void> {
    this.#judgedAt = 0;
    this.#isJudged = (session) => session.progress[this.#lesson.slug]?.marks[step.id] === 'passed';
    for (const line of step.solution) await this.#run(line);
    if (step.quizzes.length > 0) return void (await this.#learner.post(routes.skipStep(this.#lesson.slug, step.id)));
    await until(() => this.#judgedAt > 0, 'its pass');
    this.verdicts.push(Math.max(0, this.#judgedAt - this.#endedAt));
  }

  async #run(line: string): Promise<void> {
    const ended = this.#exits.length;
    this.tried += 1;
    this.#terminal.type(`${line}\r`);
    await until(() => this.#exits.length > ended, `the end of ${line}`, COMMAND_MS);
    if (this.#exits.at(-1) !== '0') throw new Error(`${line} ended with ${this.#exits.at(-1)}`);
    this.succeeded += 1;
  }

  async #echo(): Promise<void> {
    const shown = new Promise<void>((resolve) => {
      this.#onOutput = resolve;
    });
    const began = performance.now();
    this.#terminal.type('x');
    await Promise.race([shown, pause(COMMAND_MS)]);
    this.echoes.push(performance.now() - began);
    this.#onOutput = () => {};
    this.#terminal.type('\x7f');
    await pause(200);
  }
}

function measure(): { available: number; own: number } {
  return { available: readHostLoad().availableBytes ?? Number.NaN, own: process.memoryUsage().rss };
}

/** Of one core, of everything on this machine. */
async function busyPercent(ms: number): Promise<number> {
  const before = cpuTicks();
  await pause(ms);
  const after = cpuTicks();
  return ((after.busy - before.busy) / (after.all - before.all)) * 100 * availableParallelism();
}

function cpuTicks(): { busy: number; all: number } {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const ticks = first.split(/\s+/).slice(1, 9).map(Number);
  const all = ticks.reduce((total, tick) => total + tick, 0);
  return { busy: all - (ticks[3] ?? 0) - (ticks[4] ?? 0), all };
}

function sum(learners: readonly WorkingLearner[], of: 'tried' | 'succeeded'): number {
  return learners.reduce((total, learner) => total + learner[of], 0);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
