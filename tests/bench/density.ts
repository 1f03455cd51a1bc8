// How many learners fit: what a sandbox with everything in it costs, and how their steps go when all of them work at once.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fewAtATime } from '../../server/few-at-a-time.ts';
import { loadLessons } from '../../server/lessons/load.ts';
import { readHostLoad } from '../../server/sandboxes/host-load.ts';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { pause, percentile, round, showFigures } from './figures.ts';
import { BY_DEMAND } from './stock.ts';
import { WorkingLearner } from './working-learner.ts';

/** Its set-up starts a registry, so each learner's is running. */
const LESSON = 'the-round-trip';
/** So many arrive side by side, as in a room. */
const ARRIVING = 2;
const SETTLE_MS = 10_000;
const IDLE_MS = 30_000;
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
    args: ['--max-sandboxes', String(learners + 4), ...BY_DEMAND],
  });
  const lesson = loadLessons(fileURLToPath(new URL('../../lessons', import.meta.url))).get(LESSON);
  await pause(SETTLE_MS);
  const before = measure();
  const quiet = await busyPercent(IDLE_MS);

  const all: WorkingLearner[] = [];
  const numbers = Array.from({ length: learners }, (_, index) => index + 1);
  await fewAtATime(numbers, ARRIVING, async () => {
    all.push(await WorkingLearner.arrive(new Learner(server), lesson));
    if (all.length % 10 === 0) say(`${all.length} of ${learners} are there`);
  });
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
  showFigures(figures, json);
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
