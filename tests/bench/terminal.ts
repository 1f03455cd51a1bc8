// `npm run bench -- terminal`: Slipway's terminal beside a minimal bridge, a bare exec and other web terminals, in turns.

import { execFileSync } from 'node:child_process';
import { learnerImage } from '../support/sandbox.ts';
import { median, percentile } from './figures.ts';
import { memoryPerTerminal, opening, Shell, slowShell } from './terminal/measures.ts';
import { bareDockerode, startBridge, startTtyd, startWetty } from './terminal/peers.ts';
import { Product } from './terminal/product.ts';
import type { Rival } from './terminal/rival.ts';

export interface TerminalBenchOptions {
  json: boolean;
  rounds?: number;
  keys?: number;
  mebibytes?: number;
  /** Names of those that run; all without it. */
  only?: string[];
}

const TURNS = 10;
const OPENINGS = 10;
const IDLE_TERMINALS = 8;
const NAMES = ['product', 'bridge', 'dockerode', 'wetty', 'ttyd'] as const;
const FIGURES = ['echoP50Ms', 'echoP95Ms', 'mbPerS', 'ctrlCMs', 'openMs', 'rssMbPerTerminal'] as const;
type Name = (typeof NAMES)[number];
type Figures = Record<(typeof FIGURES)[number], number>;
type Taken = Record<(typeof FIGURES)[number], number[]>;

export async function benchTerminal(options: TerminalBenchOptions): Promise<void> {
  const { json, rounds = 3, keys = 1000, mebibytes = 64, only = [...NAMES] } = options;
  await using stack = new AsyncDisposableStack();
  const container = await plainContainer(stack);
  const starts: Record<Name, () => Promise<Rival | null>> = {
    product: () => Product.start(IDLE_TERMINALS + 2),
    bridge: () => startBridge(container),
    dockerode: async () => bareDockerode(container),
    wetty: () => startWetty(container),
    ttyd: () => startTtyd(container),
  };
  const rivals = new Map<Name, Rival>();
  const taken = new Map<Name, Taken>();
  for (const name of NAMES.filter((each) => only.includes(each))) {
    const rival = await starts[name]();
    if (!rival) continue;
    await rival.prepare?.(IDLE_TERMINALS);
    rivals.set(name, stack.use(rival));
    taken.set(name, { echoP50Ms: [], echoP95Ms: [], mbPerS: [], ctrlCMs: [], openMs: [], rssMbPerTerminal: [] });
  }
  for (let round = 1; round <= rounds; round++) {
    // Who comes first changes, so that nobody always has the quieter machine.
    const order = [...rivals].toSorted(() => (round % 2 === 1 ? 0 : -1));
    console.error(`round ${round} of ${rounds}`);
    await takeRound(round % 2 === 1 ? order : order.toReversed(), taken, { keys, mebibytes });
  }

  const figures = Object.fromEntries(
    NAMES.map((name) => [name, taken.has(name) ? middle(taken.get(name) as Taken) : null]),
  ) as Record<Name, Figures | null>;
  const ratio = ratios(figures);
  if (json) return console.log(JSON.stringify({ ...figures, ratio }));
  for (const [name, values] of taken) console.log(table(name, values));
  console.log(
    Object.entries(ratio)
      .map(([name, value]) => `${name} ${value?.toFixed(2)}`)
      .join(', '),
  );
}

async function takeRound(
  rivals: readonly (readonly [Name, Rival])[],
  taken: ReadonlyMap<Name, Taken>,
  { keys, mebibytes }: { keys: number; mebibytes: number },
): Promise<void> {
  const ends = (name: Name) => name !== 'product';
  const add = (name: Name, figure: keyof Figures, value: number) => taken.get(name)?.[figure].push(value);
  for (const [name, rival] of rivals) {
    const times: number[] = [];
    for (let n = 0; n < OPENINGS; n++) times.push(await opening(rival, ends(name)));
    add(name, 'openMs', median(times));
    add(name, 'rssMbPerTerminal', await memoryPerTerminal(rival, IDLE_TERMINALS, ends(name)));
  }
  const shells = new Map<Name, Shell>();
  for (const [name, rival] of rivals) shells.set(name, await Shell.open(rival));
  const echoes = new Map<Name, number[]>(rivals.map(([name]) => [name, []]));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, shell] of shells) echoes.get(name)?.push(...(await shell.echoes(Math.ceil(keys / TURNS))));
  }
  for (const [name, times] of echoes) {
    add(name, 'echoP50Ms', percentile(times, 50));
    add(name, 'echoP95Ms', percentile(times, 95));
  }
  for (const [name, shell] of shells) {
    const speed = await shell.listing(mebibytes).catch((cause) => {
      throw new Error(`${name}: the listing failed`, { cause });
    });
    add(name, 'mbPerS', speed);
  }
  for (const [name, shell] of shells) await shell.leave(ends(name));
  for (const [name, rival] of rivals) {
    const shell = await slowShell(rival);
    add(name, 'ctrlCMs', await shell.interrupt());
    await shell.leave(ends(name));
  }
}

function middle(taken: Taken): Figures {
  return Object.fromEntries(FIGURES.map((name) => [name, round(median(taken[name]))])) as Figures;
}

/** A peer is another web terminal; `docker exec -it` is what wetty and ttyd run. */
function ratios({ product, bridge, wetty, ttyd }: Record<Name, Figures | null>): Record<string, number | null> {
  const best = (figure: keyof Figures, pick: (...values: number[]) => number, peers: readonly (Figures | null)[]) => {
    const values = peers.flatMap((peer) => (peer ? [peer[figure]] : []));
    return product && values.length > 0 ? round(product[figure] / pick(...values)) : null;
  };
  return {
    echoP50VsBridge: best('echoP50Ms', Math.min, [bridge]),
    echoP50VsBestPeer: best('echoP50Ms', Math.min, [wetty, ttyd]),
    mbPerSVsBestPeer: best('mbPerS', Math.max, [bridge, wetty, ttyd]),
  };
}

function table(name: string, taken: Taken): string {
  const cells = FIGURES.map((figure) => {
    const values = taken[figure];
    return `${figure} ${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
  });
  return `${name.padEnd(10)} ${cells.join('  ')}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The learner's image without its world, with a sandbox's limits. */
async function plainContainer(stack: AsyncDisposableStack): Promise<string> {
  const name = `slipway-bench-${process.pid}`;
  const docker = (...args: string[]) => execFileSync('docker', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const limits = ['--cpus', '1', '--memory', '1g', '--memory-swap', '1g', '--pids-limit', '1000'];
  const place = ['--hostname', 'slipway', '--network', 'none', '--tmpfs', '/tmp:mode=1777,size=256m,exec'];
  const image = await learnerImage();
  const label = ['--label', 'slipway.kind=test'];
  docker(
    'run',
    '-d',
    '--init',
    '--name',
    name,
    ...label,
    ...limits,
    ...place,
    '--entrypoint',
    'sleep',
    image,
    'infinity',
  );
  stack.defer(() => void docker('rm', '-fv', name));
  return name;
}
