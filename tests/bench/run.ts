// `npm run bench [-- sandbox|checks|terminal|density] [--json]`: what a sandbox, a verdict and a terminal take, beside a
// baseline measured in the same run, and how many learners fit.

import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { routes } from '../../protocol/http.ts';
import { Learner, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { benchChecks } from './checks.ts';
import { benchDensity } from './density.ts';
import { median, row, timed } from './figures.ts';
import { benchTerminal } from './terminal.ts';

const SANDBOXES = 20;
const LESSON = 'the-round-trip';
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const json = process.argv.includes('--json');
const wants = (name: string) => asked.length === 0 || asked.includes(name);
const docker = (...args: string[]) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

if (wants('sandbox')) await benchSandbox();
if (wants('checks')) await benchChecks(json);
if (wants('terminal')) await benchTerminal({ json, ...terminalWords() });
// Only where it is asked for: it takes all of the machine.
if (asked.includes('density')) await benchDensity({ json, ...densityWords() });

/** `--learners=120 --minutes=3`. */
function densityWords(): { learners: number; minutes: number } {
  const { values } = parseArgs({
    options: { learners: { type: 'string' }, minutes: { type: 'string' } },
    strict: false,
  });
  return { learners: Number(values.learners) || 20, minutes: Number(values.minutes) || 3 };
}

/** Less of it, for a first look: `--rounds=1 --keys=100 --mebibytes=8 --only=product,bridge`. */
function terminalWords(): { rounds?: number; keys?: number; mebibytes?: number; only?: string[] } {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      keys: { type: 'string' },
      mebibytes: { type: 'string' },
      only: { type: 'string' },
    },
    strict: false,
  });
  const numbers = (['rounds', 'keys', 'mebibytes'] as const).flatMap((name) => {
    const value = Number(values[name]);
    return value > 0 ? [[name, value]] : [];
  });
  return {
    ...Object.fromEntries(numbers),
    ...(typeof values.only === 'string' ? { only: values.only.split(',') } : {}),
  };
}

async function benchSandbox(): Promise<void> {
  await using server = await TestServer.start({
    args: ['--max-sandboxes', String(3 * SANDBOXES), '--warm-sandboxes', '1'],
  });
  const image = docker('inspect', '-f', '{{.Config.Image}}', server.containers()[0] ?? '');
  const plain: number[] = [];
  const restarts: number[] = [];
  const prompts: number[] = [];
  for (let i = 0; i < SANDBOXES; i++) {
    plain.push(
      await timed(async () => void docker('run', '--rm', '--network', 'none', '--entrypoint', '/bin/true', image)),
    );
    const learner = new Learner(server);
    await stock(server, 1);
    prompts.push(
      await timed(async () => {
        await learner.post(routes.open(LESSON));
        await (await learner.terminal()).shows('# ');
      }),
    );
    await stock(server, 1);
    restarts.push(await timed(async () => void (await learner.post(routes.restart(LESSON)))));
  }
  const baseline = median(plain);
  console.log(row('baseline: docker run --rm … /bin/true', plain, baseline));
  console.log(row('warm: request to prompt', prompts, baseline));
  console.log(row('reset by swap', restarts, baseline));
  await stock(server, 1);
  const memory = docker('stats', '--no-stream', '--format', '{{.MemUsage}}', ...server.containers())
    .split('\n')
    .map((line) => line.split(' / ')[0] ?? '');
  const mib = memory.map((text) => Number.parseFloat(text));
  console.log(`memory of ${mib.length} sandboxes (docker stats), MiB: median ${median(mib).toFixed(1)}`);
}

/** Waits until so many sandboxes are ready in stock, as after a while without arrivals. */
async function stock(server: TestServer, count: number): Promise<void> {
  const logged = () =>
    docker(
      'ps',
      '-q',
      '--filter',
      `label=slipway.instance=${server.instance}`,
      '--filter',
      'label=slipway.kind=sandbox',
    ).split('\n').length;
  let before = -1;
  await until(
    async () => {
      const now = logged();
      const still = now === before && now >= count;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 400));
      return still;
    },
    'the stock',
    60_000,
  );
}
