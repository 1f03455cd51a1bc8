// Many sandboxes made, used and destroyed while servers, sandboxes and parts of them are killed; then nothing may be left.

import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { routes } from '../../protocol/http.ts';
import { removeEverything } from '../../server/engine/remove.ts';
import { messageOf } from '../../server/errors.ts';
import { PRACTICE_ACCOUNT } from '../../server/hub/account.ts';
import { commandStep, front, TestCourse } from '../support/course.ts';
import { Learner, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { KILLS, type Kill, kill } from './kills.ts';
import { descriptorsOf, execsOf, leftOf, MadeContainers, more } from './leftovers.ts';
import { Random } from './random.ts';

export interface SoakOptions {
  cycles: number;
  seed: number;
  /** Learners at the same time. */
  learners: number;
  say: (line: string) => void;
}

export interface SoakResult {
  cycles: number;
  kills: Map<Kill, number>;
  /** Cycles that did not come to their end, and why. */
  failed: string[];
  /** Each thing that should be gone. */
  left: string[];
}

const LESSON = 'soak';
const CYCLE_MS = 150_000;
/** A command that was typed into a shell that ended is typed again. */
const TYPED_AGAIN_MS = 20_000;
const INTERRUPTED_MS = 300;
/** Of two kills. */
const CYCLES_BETWEEN = 2;
const LONGEST_PAUSE_MS = 20_000;
const SHORT_PAUSE_MS = 2_000;
const SAID_EVERY_MS = 20_000;
const PUT_AWAY_MS = 120_000;
const SETTLED_MS = 30_000;
/** Cycles of the last server, which nobody kills: its descriptors are counted. */
const QUIET_CYCLES = 2;
/** Minutes: a learner is away so long, then the computer is put away. */
const IDLE = '0.4';
const TEXT = `${front('Soak')}${commandStep('Push', 'docker push learner/soak:1')}`;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  using course = new TestCourse({ '01-soak': TEXT });
  const most = ['--max-sandboxes', String(2 * options.learners + 1)];
  await using server = await TestServer.start({ args: [...course.args, ...most] });
  using made = new MadeContainers(server.instance);
  const result: SoakResult = { cycles: 0, kills: new Map(), failed: [], left: [] };
  const said = setInterval(() => options.say(progressOf(result, options)), SAID_EVERY_MS);
  try {
    const learners = Array.from({ length: options.learners }, () => new Learner(server));
    const killing = new AbortController();
    const killer = killAtRandom(server, options, result, killing.signal);
    await cycles(learners, options.cycles - QUIET_CYCLES * learners.length, result);
    killing.abort();
    await killer;
    await server.end('SIGKILL');
    await endOf({ server, course, learners, result, made: made.ids });
  } finally {
    clearInterval(said);
  }
  options.say(progressOf(result, options));
  return result;
}

/** A last server, which gives every computer back when its learner is away, and stops. */
async function endOf(parts: {
  server: TestServer;
  course: TestCourse;
  learners: Learner[];
  result: SoakResult;
  made: ReadonlySet<string>;
}): Promise<void> {
  const { server, course, learners, result, made } = parts;
  const { dataDir, port } = server;
  const args = [...course.args, '--warm-sandboxes', '0', '--idle-minutes', IDLE];
  await using last = await TestServer.start({ args, dataDir, port });
  const descriptors = descriptorsOf(last);
  await cycles(learners, QUIET_CYCLES * learners.length, result);
  await until(() => last.containers().length === 0, 'the computers to be put away', PUT_AWAY_MS).catch((error) =>
    result.left.push(messageOf(error)),
  );
  const open = () => [...more(descriptors, descriptorsOf(last)), ...execsOf(last)];
  await until(() => open().length === 0, 'descriptors and execs to go', SETTLED_MS).catch(() => {});
  result.left.push(...open());
  const code = await last.end('SIGINT');
  if (code !== 0) result.left.push(`the server, which ended with ${code}`);
  await until(() => leftOf(last, made).length === 0, 'what is left to go', SETTLED_MS).catch(() => {});
  result.left.push(...leftOf(last, made));
  // As `npm run clean` does: the hub and its store go, too.
  const { containers, volumes } = await removeEverything(new Docker(), { instance: last.instance });
  if (containers > 1 || volumes > 1) result.left.push(`${containers} containers and ${volumes} volumes beside the hub`);
}

async function cycles(learners: readonly Learner[], number: number, result: SoakResult): Promise<void> {
  let left = number;
  await Promise.all(
    learners.map(async (learner) => {
      while (left-- > 0) {
        await cycle(learner, `c${result.cycles + result.failed.length}-${left}`).then(
          () => result.cycles++,
          (error) => result.failed.push(messageOf(error)),
        );
      }
    }),
  );
}

/** A fresh sandbox in the place of the one before, which goes; then a push from it. */
async function cycle(learner: Learner, word: string): Promise<void> {
  const deadline = Date.now() + CYCLE_MS;
  const path = learner.cookie === '' ? routes.open(LESSON) : routes.restart(LESSON);
  for (let answer = ''; answer !== '200'; ) {
    if (Date.now() > deadline) throw new Error(`${word}: no computer: ${answer}`);
    answer = await learner
      .post(path)
      .then(async (found) => (found.status === 200 ? '200' : `${found.status} ${await found.text()}`), messageOf);
    if (answer !== '200') await delay(200);
  }
  const { user, password } = PRACTICE_ACCOUNT;
  const line = [
    `docker login -u ${user} -p ${password} >/dev/null`,
    'docker pull -q alpine',
    'docker tag alpine learner/soak:1',
    'docker push -q learner/soak:1',
  ].join(' && ');
  const shown: string[] = [];
  // Another word each time: the terminal shows again how the time before ended.
  for (let n = 1; !(await used(learner, `${line}; echo ${word}-${n}-en""ded=$?`, `${word}-${n}-ended=`, shown)); n++) {
    if (Date.now() > deadline) throw new Error(`${word}: its command never came to its end; last shown:${tail(shown)}`);
    await delay(200);
  }
}

const tail = (shown: readonly string[]) =>
  shown
    .slice(-3)
    .map((one) => `\n    ${JSON.stringify(one.slice(-600))}`)
    .join('');

/** False where shell, server or a part of the sandbox ended before the command did; `shown` gets what was on the screen. */
async function used(learner: Learner, line: string, ended: string, shown: string[]): Promise<boolean> {
  const terminal = await learner.terminal().catch((error) => void shown.push(messageOf(error)));
  if (!terminal) return false;
  try {
    const deadline = Date.now() + TYPED_AGAIN_MS;
    const { id } = terminal;
    // What still runs from before ends first; a shell that is interrupted loses what comes with that.
    terminal.type('\x03');
    await delay(INTERRUPTED_MS);
    terminal.type(`${line}\r`);
    while (!terminal.output.includes(ended)) {
      // Another id: the shell that it was typed into has ended.
      if (terminal.closeCode !== null || terminal.id !== id || Date.now() > deadline) return false;
      await delay(20);
    }
    await until(() => new RegExp(`${ended}\\d`).test(terminal.output), 'the exit code');
    return terminal.output.includes(`${ended}0`);
  } finally {
    shown.push(terminal.output);
    terminal.socket.terminate();
  }
}

async function killAtRandom(
  server: TestServer,
  { seed }: SoakOptions,
  result: SoakResult,
  signal: AbortSignal,
): Promise<void> {
  const random = new Random(seed);
  while (!signal.aborted) {
    // As often as work comes to its end: on a slow machine, too, most of it does.
    const due = result.cycles + CYCLES_BETWEEN;
    for (const end = Date.now() + LONGEST_PAUSE_MS; result.cycles < due && Date.now() < end && !signal.aborted; )
      await delay(50);
    await delay(random.between(0, SHORT_PAUSE_MS));
    const what = random.oneOf(KILLS);
    if (signal.aborted || !what) return;
    if (await kill(what, server, random)) result.kills.set(what, (result.kills.get(what) ?? 0) + 1);
  }
}

function progressOf({ cycles, kills, failed, left }: SoakResult, options: SoakOptions): string {
  const killed = [...kills].map(([what, count]) => `${what} ${count}×`).join(', ');
  const bad = [...failed, ...left].map((one) => `\n  ${one}`).join('');
  return `soak (seed ${options.seed}): ${cycles} of ${options.cycles} cycles; killed: ${killed || 'nothing yet'}${bad}`;
}
