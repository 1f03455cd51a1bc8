// Times verdicts at a socket client, passes and fails over the whole course, and counts the engine calls behind them.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { type Lesson, loadLessons } from '../../server/lessons/load.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { EngineTap } from './engine-tap.ts';
import { median, pause, percentile, row, timed } from './figures.ts';

const VERDICTS = 200;
/** A command that tries something and changes nothing. */
const FAILING = 'docker image inspect nosuch >/dev/null 2>&1';
/** Node.js keeps an idle connection this long: until then a call may pass the tap by. */
const KEPT_ALIVE_MS = 6_000;
/** The last look again after a fail comes 30 s later. */
const QUIET_AFTER_MS = 32_000;
const IDLE_MS = 60_000;

export async function benchChecks(json: boolean): Promise<void> {
  await using server = await TestServer.start({ stock: 1 });
  const lessons = loadLessons(fileURLToPath(new URL('../../lessons', import.meta.url))).all.filter(
    ({ steps }) => steps.length > 0,
  );
  const learner = new Learner(server);
  await learner.open(lessons[0]?.slug ?? '');
  using tap = await EngineTap.at(engineSocket(server));
  await pause(KEPT_ALIVE_MS);
  const terminal = await learner.terminal();
  await terminal.shows('# ');
  const meter = new Meter(learner, terminal);
  const steps = lessons.reduce((sum, lesson) => sum + lesson.steps.length, 0);
  const failsPerStep = Math.ceil(VERDICTS / steps);

  const ping: number[] = [];
  const callsBefore = tap.calls;
  for (const lesson of lessons) {
    await learner.open(lesson.slug);
    for (const step of lesson.steps) {
      ping.push(await timed(async () => void (await (await learner.get('/healthz')).text())));
      await learner.post(routes.openStep(lesson.slug, step.id));
      if (step.checks.length > 0) for (let i = 0; i < failsPerStep; i++) await meter.fail(lesson.slug, step.id);
      await meter.pass(lesson, step);
    }
  }
  const engineCalls = tap.calls - callsBefore;
  await pause(QUIET_AFTER_MS);
  const idleBefore = tap.calls;
  await pause(IDLE_MS);
  const idleEngineCallsPerMinute = ((tap.calls - idleBefore) * 60_000) / IDLE_MS;

  const { passes, fails } = meter;
  const all = [...passes, ...fails];
  if (json) {
    const p50Ms = percentile(all, 50);
    const p95Ms = percentile(all, 95);
    console.log(JSON.stringify({ p50Ms, p95Ms, evaluations: all.length, engineCalls, idleEngineCallsPerMinute }));
    return;
  }
  const baseline = median(ping);
  console.log(row('baseline: GET /healthz', ping, baseline));
  console.log(row("verdict after the command's end", all, baseline));
  console.log(row('  passes', passes, baseline));
  console.log(row('  fails', fails, baseline));
  console.log(`engine calls: ${engineCalls} for ${all.length} verdicts; idle: ${idleEngineCallsPerMinute} a minute`);
}

/** Takes the times at which frames arrive: the command's end in the output, and the message with the verdict. */
class Meter {
  readonly passes: number[] = [];
  readonly fails: number[] = [];
  readonly #learner: Learner;
  readonly #terminal: LearnerTerminal;
  #ends = 0;
  #endedAt = 0;
  #judgedAt = 0;
  #isJudged: (session: Session) => boolean = () => false;

  constructor(learner: Learner, terminal: LearnerTerminal) {
    this.#learner = learner;
    this.#terminal = terminal;
    terminal.socket.on('message', (data: Buffer, binary: boolean) => {
      const now = performance.now();
      if (binary) {
        if (!data.includes('\x1b]633;D;')) return;
        this.#ends += 1;
        this.#endedAt = now;
      } else if (this.#judgedAt === 0) {
        const message = JSON.parse(data.toString('utf8')) as { type: string; session?: Session };
        if (message.session && this.#isJudged(message.session)) this.#judgedAt = now;
      }
    });
  }

  async fail(lesson: string, step: string): Promise<void> {
    await this.#quiet();
    this.#expect((session) => session.verdict?.step === step && session.verdict.state === 'fail');
    await this.#type(FAILING);
    await until(() => this.#judgedAt > 0, `the fail of ${lesson} › ${step}`);
    this.fails.push(Math.max(0, this.#judgedAt - this.#endedAt));
  }

  /** A step with quizzes or with answers to type is skipped once its commands have run. */
  async pass(lesson: Lesson, step: Lesson['steps'][number]): Promise<void> {
    await this.#quiet();
    this.#expect((session) => session.progress[lesson.slug]?.marks[step.id] === 'passed');
    const values = (await (await this.#learner.get(routes.values(lesson.slug, step.id))).json()) as Record<
      string,
      string
    >;
    const lines = step.solution.map((line) => line.replace(/<(\w+)>/g, (all, name) => values[name] ?? all));
    if (lines.some((line) => line.startsWith('< '))) {
      await this.#learner.post(routes.show(lesson.slug, step.id));
    } else {
      for (const line of lines) await this.#type(line);
    }
    if (step.quizzes.length > 0) return void (await this.#learner.post(routes.skipStep(lesson.slug, step.id)));
    await until(() => this.#judgedAt > 0, `the pass of ${lesson.slug} › ${step.id}`);
    this.passes.push(Math.max(0, this.#judgedAt - this.#endedAt));
  }

  #expect(isJudged: (session: Session) => boolean): void {
    this.#isJudged = isJudged;
    this.#judgedAt = 0;
  }

  async #type(line: string): Promise<void> {
    const ends = this.#ends;
    this.#terminal.type(`${line}\r`);
    await until(() => this.#ends > ends, `the end of ${line}`, 60_000);
  }

  /** What an earlier command still causes must not be taken for the next one's. */
  async #quiet(): Promise<void> {
    let seen = -1;
    await until(async () => {
      const still = seen === this.#terminal.messages.length;
      seen = this.#terminal.messages.length;
      if (!still) await pause(300);
      return still;
    }, 'a quiet moment');
  }
}

/** Of the sandbox that the only learner has. */
function engineSocket(server: TestServer): string {
  using database = new DatabaseSync(join(server.dataDir, 'slipway.db'), { readOnly: true });
  const claimed = database.prepare('SELECT sandbox FROM sessions WHERE sandbox IS NOT NULL').get();
  return join(server.dataDir, 's', String(claimed?.sandbox), 'relay', 'engine.sock');
}
