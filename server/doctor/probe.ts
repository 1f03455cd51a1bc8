// Proves a sandbox: makes one in a data folder of its own, works in its terminal as a learner would, and removes all of it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { DiskWay } from '../engine/disk-way.ts';
import { removeEverything } from '../engine/remove.ts';
import type { TransportWay } from '../engine/transport-way.ts';
import { messageOf, SlipwayError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { startUp } from '../start-up.ts';
import { Typist } from '../terminal/typist.ts';
import { fail, type Need, ok, warn } from './need.ts';

const COMMAND_MS = 60_000;

/** Title → what is typed. Each needs what the ones before it did. */
const WORK = {
  'pulls from the practice Docker Hub': ['docker pull alpine:latest'],
  'runs a container': ['docker run --rm alpine:latest true'],
  'runs a registry': [
    'docker run -d -p 5000:5000 --name registry registry:2',
    'curl -sf --retry 50 --retry-delay 1 --retry-connrefused -o /dev/null http://localhost:5000/v2/',
  ],
  'pushes to it': ['docker tag alpine:latest localhost:5000/probe:1', 'docker push localhost:5000/probe:1'],
  'pulls from it': ['docker rmi alpine:latest localhost:5000/probe:1', 'docker pull localhost:5000/probe:1'],
};

export async function probeNeeds(config: Config, progress: Progress): Promise<Need[]> {
  const base = {
    id: 'probe-start',
    title: 'A sandbox starts',
    why: 'It is the learner’s computer: without one there is nothing to learn on.',
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-'));
  const own = {
    ...config,
    dataDir,
    warmSandboxes: 0,
    maxWarmSandboxes: 0,
    maxSandboxes: 1,
    logLevel: 'silent' as const,
  };
  try {
    const parts = await startUp(own, progress);
    try {
      const began = performance.now();
      const sandbox = await parts.pool.take();
      const started = ok(base, `in ${((performance.now() - began) / 1000).toFixed(1)} s`);
      return [started, wayNeed(parts.way), diskNeed(parts.disk), ...(await work(sandbox))];
    } finally {
      await parts.pool.close();
      await removeEverything(parts.engine, parts.owner);
      await parts.close();
    }
  } catch (error) {
    const next = error instanceof SlipwayError ? error.next : 'Look at the engine’s log: journalctl -u docker';
    return [fail(base, messageOf(error), next)];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function wayNeed(way: TransportWay): Need {
  const base = {
    id: 'sandbox-way',
    title: 'The way to a sandbox',
    why: 'Keys, verdicts and pulls take it; sockets are the fastest, and need a folder that the engine sees, too.',
  };
  return ok(base, way.transport === 'sockets' ? 'sockets in shared folders' : `the engine, because ${way.because}`);
}

function diskNeed(disk: DiskWay): Need {
  const base = {
    id: 'sandbox-disk',
    title: 'A sandbox’s disk has an end',
    why: 'One learner who fills the disk would else fill it for all.',
  };
  if (disk.way === 'kernel') return ok(base, 'held by the kernel');
  const fix = "Run the server as root on the engine's own computer, with the packages e2fsprogs and mount.";
  return warn(base, `only measured, because ${disk.because}`, fix);
}

async function work(sandbox: Sandbox): Promise<Need[]> {
  const { shell, nonce } = sandbox;
  const typist = await Typist.connect({ shell, nonce, from: 0, signal: AbortSignal.timeout(COMMAND_MS) });
  const needs: Need[] = [];
  try {
    for (const [index, [title, lines]] of Object.entries(WORK).entries()) {
      const need = await oneWork(typist, { id: `probe-${index + 1}`, title: `A sandbox ${title}` }, lines);
      needs.push(need);
      if (need.state === 'fail') break;
    }
  } finally {
    typist.close();
  }
  return needs;
}

async function oneWork(typist: Typist, about: Pick<Need, 'id' | 'title'>, lines: string[]): Promise<Need> {
  const base = { ...about, why: 'The lessons do this.' };
  const began = performance.now();
  for (const line of lines) {
    const ended = await typist.type([line], { commandMs: COMMAND_MS, cut: true });
    if (ended && typist.exitCode === 0) continue;
    const found = ended ? `"${line}" ended with exit code ${typist.exitCode}` : `"${line}" did not end`;
    return fail(base, found, 'Open any lesson, type this command there, and read what it says.');
  }
  return ok(base, `in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
