// A class at work: what its learners, its teachers at the wall and the server itself feel of it.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { routes } from '../../protocol/http.ts';
import { fewAtATime } from '../../server/few-at-a-time.ts';
import { loadLessons } from '../../server/lessons/load.ts';
import { Classroom, say } from '../support/classroom.ts';
import { type Learner, LearnerTerminal } from '../support/learner.ts';
import { processorMs } from '../support/processor-time.ts';
import { RoomPage, WallPage } from '../support/wall-page.ts';
import { pause, percentile, round, showFigures } from './figures.ts';
import { BY_DEMAND } from './stock.ts';
import { WorkingLearner } from './working-learner.ts';

const LESSON = 'the-round-trip';
/** So many arrive side by side. */
const ARRIVING = 2;
const SAMPLE_MS = 1_000;
/** The teacher shows a command as often as that to all of the class. */
const SHOWN_EVERY_MS = 5_000;
const SHOWN = /shown-\d+\./g;
/** A message that is later than this has not come. */
const LOST_MS = 30_000;

export interface ClassOptions {
  learners: number;
  /** After so many those who are not through stop. */
  minutes?: number;
  /** What each takes for a step, on average. */
  stepSeconds?: number;
  json: boolean;
}

export async function benchClass({ learners, minutes = 30, stepSeconds = 45, json }: ClassOptions): Promise<void> {
  const tell = (text: string) => console.error(`  ${text}`);
  await using room = await Classroom.open([LESSON], ['--max-sandboxes', String(learners + 4), ...BY_DEMAND]);
  const lesson = loadLessons(fileURLToPath(new URL('../../lessons', import.meta.url))).get(LESSON);
  const { assistant } = await room.assistant('Sam');
  using ofTeacher = await WallPage.open(room.teacher, room.class.id);
  using ofAssistant = await WallPage.open(assistant, room.class.id);
  const walls = [ofTeacher, ofAssistant].map((page) => new WatchedWall(page));
  ofTeacher.say({ type: 'lines', shown: true });

  const broadcast = await Broadcast.begin(room);
  const all: WorkingLearner[] = [];
  const pages: RoomPage[] = [];
  const numbers = Array.from({ length: learners }, (_, index) => index + 1);
  await fewAtATime(numbers, ARRIVING, async (number) => {
    const name = `Learner ${number}`;
    const { learner } = await room.joined(name);
    pages.push(await RoomPage.open(learner));
    broadcast.shownTo(learner);
    const working = await WorkingLearner.arrive(learner, lesson);
    working.onPass = (step, endedAt) => {
      for (const wall of walls) wall.expect(`${name} ${step}`, endedAt);
    };
    all.push(working);
    if (all.length % 10 === 0) tell(`${all.length} of ${learners} are there`);
  });

  const server = new Watched(room.server.pid);
  const end = Date.now() + minutes * 60_000;
  const ended = new AbortController();
  const shown = broadcast.show(ended.signal);
  const through = await Promise.all(all.map((learner) => learner.work(end, stepSeconds * 1_000)));
  ended.abort();
  await shown;
  const { serverMb, serverCpuPercent } = server.stop();
  await Promise.all([broadcast.settled(), ...walls.map((wall) => wall.settled())]);

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
    dropped:
      all.filter(({ isDropped }) => isDropped).length +
      pages.filter(({ isClosed }) => isClosed).length +
      broadcast.dropped,
  };
  for (const page of pages) page[Symbol.dispose]();
  for (const failure of all.flatMap(({ failures }) => failures).slice(0, 20)) tell(failure);
  tell(`the broadcast came to each within ${round(percentile(broadcast.times, 95), 1)} ms (p95)`);
  tell(`${through.filter(Boolean).length} took the lesson to its end`);
  tell(`${all.reduce((sum, { tried }) => sum + tried, 0)} commands, ${late.length} changes of a wall`);
  showFigures(figures, json);
}

/** What the teacher shows, and when each of the class has it. */
class Broadcast {
  /** From the teacher's Enter until a learner had what it printed, in ms. */
  readonly times: number[] = [];
  readonly #terminal: LearnerTerminal;
  readonly #at: string;
  readonly #looks: LearnerTerminal[] = [];
  /** By line: when it was asked for, and how many learners lack it. */
  readonly #lines = new Map<string, { atMs: number; left: number }>();

  private constructor(terminal: LearnerTerminal, at: string) {
    this.#terminal = terminal;
    this.#at = at;
    terminal.keeping = false;
  }

  static async begin({ teacher, class: { id } }: Classroom): Promise<Broadcast> {
    await teacher.post(routes.dryRun(id));
    await teacher.open(LESSON);
    const terminal = await teacher.terminal();
    await terminal.shows('# ');
    const answer = await teacher.post(routes.broadcast(id), say({ terminal: 0 }));
    if (answer.status !== 200) throw new Error(`broadcast: ${answer.status} ${await answer.text()}`);
    return new Broadcast(terminal, routes.broadcastSocket(id));
  }

  shownTo(learner: Learner): void {
    const look = new LearnerTerminal(learner.socketAt(this.#at), null);
    look.keeping = false;
    look.socket.on('message', (data: Buffer, binary: boolean) => {
      const now = performance.now();
      for (const [line] of binary ? data.toString('latin1').matchAll(SHOWN) : []) {
        const shown = this.#lines.get(line);
        if (!shown) continue;
        shown.left -= 1;
        this.times.push(Math.max(0, now - shown.atMs));
      }
    });
    this.#looks.push(look);
  }

  /** A line, and what a listing would print, again and again. */
  async show(ended: AbortSignal): Promise<void> {
    for (let n = 1; !ended.aborted; n++) {
      this.#lines.set(`shown-${n}.`, { atMs: performance.now(), left: this.#looks.length });
      this.#terminal.type(`seq 50; echo shown-$((${n} + 0)).\r`);
      await pause(SHOWN_EVERY_MS);
    }
  }

  async settled(): Promise<void> {
    const lacks = () => [...this.#lines.values()].reduce((sum, { left }) => sum + left, 0);
    for (const deadline = performance.now() + LOST_MS; lacks() > 0 && performance.now() < deadline; ) await pause(50);
    for (const { atMs, left } of this.#lines.values())
      for (let n = 0; n < left; n++) this.times.push(performance.now() - atMs);
  }

  get dropped(): number {
    return this.#looks.filter(({ closeCode }) => closeCode !== null).length;
  }
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
  readonly #ranMs: number;
  readonly #timer: NodeJS.Timeout;
  #mostMb = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#ranMs = processorMs(pid);
    this.#timer = setInterval(() => this.#look(), SAMPLE_MS);
  }

  stop(): { serverMb: number; serverCpuPercent: number } {
    clearInterval(this.#timer);
    this.#look();
    const ms = performance.now() - this.#beganMs;
    return { serverMb: this.#mostMb, serverCpuPercent: ((processorMs(this.#pid) - this.#ranMs) / ms) * 100 };
  }

  #look(): void {
    const [, kib = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8')) ?? [];
    this.#mostMb = Math.max(this.#mostMb, (Number(kib) * 1024) / 1e6);
  }
}
