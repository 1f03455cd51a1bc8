// `npm run bench -- sandbox`: from the request to the prompt with a warm sandbox, with none in stock, and after a reset by swap.

import { execFileSync } from 'node:child_process';
import { routes } from '../../protocol/http.ts';
import { commandStep, front, TestCourse } from '../support/course.ts';
import { Learner, LearnerTerminal } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { median, pause, percentile, row, timed } from './figures.ts';
import { QUIET_MS, Stock } from './stock.ts';

export interface SandboxBenchOptions {
  json: boolean;
  /** Of each figure. */
  samples?: number;
}

/** Without a set-up: what that takes is the lesson's. */
const LESSON = `${front('Nothing')}${commandStep('One', 'docker version')}`;
const PROMPT = /[#$] /;
const PROMPT_WITHIN_MS = 60_000;

export async function benchSandbox({ json, samples = 30 }: SandboxBenchOptions): Promise<void> {
  using course = new TestCourse({ '01-nothing': LESSON });
  const { warmMs, resetMs, plainMs } = await withStock(course, samples);
  const coldMs = await withoutStock(course, samples);
  const figure = (values: number[]) => ({
    p50: Math.round(percentile(values, 50)),
    p95: Math.round(percentile(values, 95)),
  });
  if (json) {
    const figures = { coldMs: figure(coldMs), warmMs: figure(warmMs), resetMs: figure(resetMs), samples };
    return console.log(JSON.stringify(figures));
  }
  const baseline = median(plainMs);
  console.log(row('baseline: docker run --rm … /bin/true', plainMs, baseline));
  console.log(row('cold: request to prompt', coldMs, baseline));
  console.log(row('warm: request to prompt', warmMs, baseline));
  console.log(row('reset by swap: request to prompt', resetMs, baseline));
}

/** Both with a sandbox that waits ready. */
async function withStock(course: TestCourse, samples: number) {
  await using server = await start(course, samples + 3, 1);
  const image = docker('inspect', '-f', '{{.Config.Image}}', server.containers()[0] ?? '');
  const run = ['run', '--rm', '--network', 'none', '--label', 'slipway.kind=test', '--entrypoint', '/bin/true', image];
  const warmMs: number[] = [];
  const resetMs: number[] = [];
  const plainMs: number[] = [];
  const stock = new Stock(server);
  for (let n = 1; n <= samples; n++) {
    plainMs.push(await timed(async () => void docker(...run)));
    const learner = new Learner(server);
    await stock.complete(n);
    const opened = await open(learner);
    warmMs.push(opened.ms);
    await stock.complete(n + 1);
    resetMs.push(await reset(learner, opened.terminal));
    opened.terminal.socket.close();
  }
  return { warmMs, resetMs, plainMs };
}

async function withoutStock(course: TestCourse, samples: number): Promise<number[]> {
  await using server = await start(course, samples + 1, 0);
  const coldMs: number[] = [];
  for (let n = 0; n < samples; n++) {
    await pause(QUIET_MS);
    const { ms, terminal } = await open(new Learner(server));
    terminal.socket.close();
    coldMs.push(ms);
  }
  return coldMs;
}

function start(course: TestCourse, max: number, warm: number): Promise<TestServer> {
  return TestServer.start({ args: ['--max-sandboxes', String(max), ...course.args], stock: warm });
}

async function open(learner: Learner): Promise<{ ms: number; terminal: LearnerTerminal }> {
  const began = performance.now();
  await learner.post(routes.open('nothing'));
  const terminal = new LearnerTerminal(learner.socket(), null);
  await shown(terminal, () => PROMPT.test(terminal.output));
  return { ms: performance.now() - began, terminal };
}

async function reset(learner: Learner, terminal: LearnerTerminal): Promise<number> {
  const { id } = terminal;
  let at = terminal.output.length;
  const began = performance.now();
  const posted = learner.post(routes.restart('nothing'));
  await shown(terminal, (attached) => {
    if (attached) at = terminal.output.length;
    return terminal.id !== id && PROMPT.test(terminal.output.slice(at));
  });
  const ms = performance.now() - began;
  await posted;
  return ms;
}

/** Resolves with the very message that makes it so; `attached`: it was that of another shell. */
function shown(terminal: LearnerTerminal, isSo: (attached: boolean) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no prompt in a minute')), PROMPT_WITHIN_MS);
    let { id } = terminal;
    terminal.socket.on('message', function look() {
      const attached = terminal.id !== id;
      id = terminal.id;
      if (!isSo(attached)) return;
      clearTimeout(late);
      terminal.socket.off('message', look);
      resolve();
    });
  });
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}
