// A class at work: what its learners, its teachers at the wall and the server itself feel of it.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fewAtATime } from '../../server/few-at-a-time.ts';
import { loadLessons } from '../../server/lessons/load.ts';
import { Classroom } from '../support/classroom.ts';
import { RoomPage, WallPage } from '../support/wall-page.ts';
import { percentile, round, showFigures } from './figures.ts';
import { pause, WorkingLearner } from './working-learner.ts';

const LESSON = 'the-round-trip';
/** So many arrive side by side. */
const ARRIVING = 2;
const SAMPLE_MS = 1_000;
/** Of the kernel's clock in /proc: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MS = 10;
/** A message that is later than this has not come. */
const LOST_MS = 30_000;

export interface ClassOptions {
  learners: number;
  /** How long they work. */
  minutes: number;
  json: boolean;
}

export async function benchClass({ learners, minutes, json }: ClassOptions): Promise<void> {
  const say = (text: string) => console.error(`  ${text}`);
  await using room = await Classroom.open([LESSON], ['--max-sandboxes', String(learners + 4), '--warm-sandboxes', '1']);
  const lesson = loadLessons(fileURLToPath(new URL('../../lessons', import.meta.url))).get(LESSON);
  const { assistant } = await room.assistant('Sam');
  using ofTeacher = await WallPage.open(room.teacher, room.class.id);
  using ofAssistant = await WallPage.open(assistant, room.class.id);
  const walls = [ofTeacher, ofAssistant].map((page) => new WatchedWall(page));
  ofTeacher.say({ type: 'lines', shown: true });

  const all: WorkingLearner[] = [];
  const pages: RoomPage[] = [];
  const numbers = Array.from({ length: learners }, (_, index) => index + 1);
  await fewAtATime(numbers, ARRIVING, async (number) => {
    const name = `Learner ${number}`;
    const { learner } = await room.joined(name);
    pages.push(await RoomPage.open(learner));
    const working = await WorkingLearner.arrive(learner, lesson);
    working.onPass = (step, endedAt) => {
      for (const wall of walls) wall.expect(`${name} ${step}`, endedAt);
    };
    all.push(working);
    if (all.length % 10 === 0) say(`${all.length} of ${learners} are there`);
  });

  const server = new Watched(room.server.pid);
  const end = Date.now() + minutes * 60_000;
  await Promise.all(all.map((learner) => learner.work(end)));
  const { serverMb, serverCpuPercent } = server.stop();
  await Promise.all(walls.map((wall) => wall.settled()));

  const late = walls.flatMap(({ times }) => times);
  const figures = {
    learners,
    verdictP95Ms: round(
      percentile(
        all.flatMap(({ verdicts }) => verdicts),
        95,
      ),
      1,
    ),
    wallP95Ms: round(percentile(late, 95), 1),
    serverMb: round(serverMb, 1),
    serverCpuPercent: round(serverCpuPercent, 1),
    dropped: all.filter(({ isDropped }) => isDropped).length + pages.filter(({ isClosed }) => isClosed).length,
  };
  for (const page of pages) page[Symbol.dispose]();
  for (const failure of all.flatMap(({ failures }) => failures).slice(0, 20)) say(failure);
  say(`${all.reduce((sum, { tried }) => sum + tried, 0)} commands, ${late.length} changes of a wall`);
  showFigures(figures, json);
}

/** When the wall knows of what has passed. */
class WatchedWall {
  /** From the end of the command that passed a step until the wall had it, in ms. */
  readonly times: number[] = [];
  readonly #knownAt = new Map<string, number>();
  readonly #expected = new Map<string, number>();

  constructor({ socket, learners }: WallPage) {
    // The page has taken the message when this is called.
    socket.on('message', () => {
      const now = performance.now();
      for (const { name, steps } of learners.values())
        for (const [step, { mark }] of Object.entries(steps[LESSON] ?? {}))
          if (mark === 'passed') this.#know(`${name} ${step}`, now);
    });
  }

  expect(what: string, endedAt: number): void {
    this.#expected.set(what, endedAt);
    const known = this.#knownAt.get(what);
    if (known !== undefined) this.#take(what, endedAt, known);
  }

  /** Whatever has not come in time is as late as that. */
  async settled(): Promise<void> {
    for (const deadline = performance.now() + LOST_MS; this.#expected.size > 0 && performance.now() < deadline; )
      await pause(50);
    for (const [what, endedAt] of [...this.#expected]) this.#take(what, endedAt, performance.now());
  }

  #know(what: string, now: number): void {
    if (this.#knownAt.has(what)) return;
    this.#knownAt.set(what, now);
    const endedAt = this.#expected.get(what);
    if (endedAt !== undefined) this.#take(what, endedAt, now);
  }

  #take(what: string, endedAt: number, now: number): void {
    this.#expected.delete(what);
    this.times.push(Math.max(0, now - endedAt));
  }
}

/** What a process takes while it is watched: most of its memory, and of one core. */
class Watched {
  readonly #pid: number;
  readonly #beganMs = performance.now();
  readonly #ticks: number;
  readonly #timer: NodeJS.Timeout;
  #mostMb = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#ticks = this.#ticksNow();
    this.#timer = setInterval(() => this.#look(), SAMPLE_MS);
  }

  stop(): { serverMb: number; serverCpuPercent: number } {
    clearInterval(this.#timer);
    this.#look();
    const ms = performance.now() - this.#beganMs;
    return { serverMb: this.#mostMb, serverCpuPercent: (((this.#ticksNow() - this.#ticks) * TICK_MS) / ms) * 100 };
  }

  #look(): void {
    const [, kib = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8')) ?? [];
    this.#mostMb = Math.max(this.#mostMb, (Number(kib) * 1024) / 1e6);
  }

  /** In user and kernel. */
  #ticksNow(): number {
    const [user = '0', kernel = '0'] =
      readFileSync(`/proc/${this.#pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11) ?? [];
    return Number(user) + Number(kernel);
  }
}
