// What a server does when sandboxes end, when the engine hangs, restarts or loses its power, and when a second server is there:
// nothing is lost that need not be, nothing leaks, and learners are told.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { ensureImages } from '../../server/images/ensure-images.ts';
import { type Status, statusSchema } from '../../server/status.ts';
import { openDatabase, openReadOnly } from '../../server/store/database.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { loopDevicesBelow } from '../support/loop-devices.ts';
import { ScratchEngine } from '../support/scratch-engine.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'what-is-a-registry';
const RECOVERY_MS = 60_000;
/** What `entry` maps into a sandbox, and the relays' own. */
const IDS_OF_ONE = 65_538;
const isRoot = process.getuid?.() === 0;
const docker = (...args: string[]) => String(execFileSync('docker', args, { stdio: 'pipe' })).trim();

const has = (mishap: Session['mishap']) => (session: Session) => session.mishap === mishap;
const readiness = async (server: TestServer) =>
  (await (await fetch(`${server.url}/readyz`)).json()) as Record<string, unknown>;

/** Types until the shell takes it, which was lost and is there again. */
async function answers(terminal: LearnerTerminal): Promise<void> {
  let typedMs = 0;
  await until(
    () => {
      if (Date.now() - typedMs > 2_000) {
        typedMs = Date.now();
        terminal.type('\x15echo an""swered\r');
      }
      return terminal.output.includes('answered');
    },
    'the shell to answer',
    RECOVERY_MS,
  );
}

async function begin(server: TestServer): Promise<{ learner: Learner; terminal: LearnerTerminal }> {
  const learner = new Learner(server);
  await learner.open(LESSON);
  const terminal = await learner.terminal();
  terminal.type('docker pull -q alpine && echo kept > ~/kept; sync\r');
  await terminal.shows('docker.io/library/alpine:latest');
  return { learner, terminal };
}

/** As `begin` left them. */
async function seesItsThings(terminal: LearnerTerminal): Promise<void> {
  await answers(terminal);
  terminal.type('cat ~/kept; docker images\r');
  await terminal.shows(/kept[^]*alpine +latest/);
}

/** The first user id of each of their sandboxes, the lowest first. */
function uidBases(...servers: TestServer[]): number[] {
  const ids = servers.flatMap((server) => server.containers());
  const env = ids.map((id) => docker('inspect', '-f', '{{json .Config.Env}}', id));
  return env.map((one) => Number(/SANDBOX_UID_BASE=(\d+)/.exec(one)?.[1])).sort((a, b) => a - b);
}

/** The container of whoever came last. */
function newestSandbox({ dataDir }: TestServer): string {
  const database = openReadOnly(join(dataDir, 'slipway.db'));
  const sql = `SELECT slot FROM sandboxes JOIN sessions ON sessions.sandbox = sandboxes.id ORDER BY created_ms DESC`;
  const row = database.prepare(sql).get() as { slot: number };
  database.close();
  return `slipway-sandbox-${row.slot}`;
}

function sandboxRows({ dataDir }: TestServer): number {
  const database = openReadOnly(join(dataDir, 'slipway.db'));
  const count = database.prepare('SELECT id FROM sandboxes').all().length;
  database.close();
  return count;
}

/** What `npm run status -- --json` says. */
function statusOf({ dataDir }: TestServer): Status {
  const args = ['server/cli/status.ts', '--json', '--data-dir', dataDir];
  return statusSchema.parse(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })));
}

/** Of it, those that are to go. */
const leaving = (server: TestServer) => statusOf(server).sandboxes.filter(({ leavingMs }) => leavingMs !== null);

describe('a sandbox', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  it('that ends by itself is started again in its place with its images, and the learner is told', async () => {
    const { terminal } = await begin(server);
    const id = docker('inspect', '-f', '{{.Id}}', newestSandbox(server));
    docker('kill', id);
    await terminal.sees(has('restarting'), 'the learner to be told');
    await terminal.sees(has('restarted'), 'the learner to be told that it is back');
    await seesItsThings(terminal);
    expect(docker('inspect', '-f', '{{.Id}}', newestSandbox(server))).toBe(id);
    terminal.socket.close();
  });

  it('whose own engine ends has another one with its images, and the learner is told', async () => {
    const { terminal } = await begin(server);
    terminal.type('docker run -d --name stays alpine sleep 1000 >/dev/null; pkill -KILL -x dockerd\r');
    await terminal.sees(has('engine-restarted'), 'the learner to be told');
    terminal.type('docker ps -a --format "{{.Names}}: {{.Status}}"\r');
    await terminal.shows(/stays: Exited/);
    await seesItsThings(terminal);
    terminal.socket.close();
  });

  it.runIf(isRoot)('whose own engine ends while a lesson is set up is set up all the same', async () => {
    const learner = new Learner(server);
    expect((await learner.post(routes.open('tags-and-digests'))).status).toBe(200);
    const terminal = await learner.terminal();
    await terminal.sees(({ setup }) => setup.state === 'running' && setup.doing !== 'getting ready', 'the set-up');
    const engine = docker('top', newestSandbox(server), '-o', 'pid,comm').match(/^(\d+) +dockerd$/m)?.[1];
    process.kill(Number(engine), 'SIGKILL');
    await terminal.sees(({ setup }) => setup.state !== 'running', 'the end of the set-up');
    expect((await learner.session()).setup).toEqual({ state: 'ready' });
    terminal.type('docker ps --format "{{.Names}} {{.Image}}"\r');
    await terminal.shows(/registry registry:2/);
    terminal.socket.close();
  });

  it('whose container is gone is replaced, and the learner is told', async () => {
    const { learner, terminal } = await begin(server);
    docker('rm', '-f', newestSandbox(server));
    await terminal.sees(has('replaced'), 'the learner to be told');
    await until(async () => (await learner.session()).setup.state === 'ready', 'the set-up of the fresh one');
    await answers(terminal);
    terminal.type('ls ~/kept\r');
    await terminal.shows('No such file');
    terminal.socket.close();
  });

  it('whose volume will not go is known, shown and tried again, and stops nobody', async () => {
    const { learner, terminal } = await begin(server);
    terminal.socket.close();
    const volume = docker('inspect', '-f', '{{range .Mounts}}{{.Name}}{{end}}', newestSandbox(server));
    const holder = docker(
      'create',
      '-v',
      `${volume}:/held`,
      '--label',
      'other.product=1',
      docker('images', '-q', 'slipway/hub').split('\n')[0] ?? '',
    );
    try {
      expect((await learner.post(routes.restart(LESSON))).status).toBe(200);
      await until(() => leaving(server).some(({ trouble }) => trouble?.includes('in use')), 'the trouble to be shown');
      expect((await new Learner(server).post(routes.open(LESSON))).status).toBe(200);
      expect(docker('volume', 'ls', '-q')).toContain(volume);
    } finally {
      docker('rm', '-f', holder);
    }
    await until(() => !docker('volume', 'ls', '-q').includes(volume), 'the volume to go');
    await until(() => leaving(server).length === 0, 'the status to forget it');
  });

  it.runIf(isRoot)('in whose folder a mount will not go is known, shown and tried again', async () => {
    const { learner, terminal } = await begin(server);
    terminal.socket.close();
    const folder = docker(
      'inspect',
      '-f',
      '{{range .Mounts}}{{if eq .Destination "/hub"}}{{.Source}}{{end}}{{end}}',
      newestSandbox(server),
    );
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
    try {
      expect((await learner.post(routes.restart(LESSON))).status).toBe(200);
      await until(() => leaving(server).some(({ trouble }) => trouble?.includes('EBUSY')), 'the trouble to be shown');
    } finally {
      execFileSync('umount', [folder]);
    }
    await until(() => !existsSync(folder), 'its folder to go');
    await until(() => leaving(server).length === 0, 'the status to forget it');
  });

  it('of a learner who left while the server died is given to nobody else', async () => {
    const { terminal } = await begin(server);
    terminal.socket.close();
    const name = newestSandbox(server);
    const id = docker('inspect', '-f', '{{.Id}}', name);
    await server.end('SIGKILL');
    const database = openDatabase(join(server.dataDir, 'slipway.db'));
    database.exec('UPDATE sessions SET sandbox = NULL');
    database.close();
    await server.start();
    expect(docker('ps', '-aq', '--no-trunc')).not.toContain(id);
  });
});

describe.runIf(isRoot)('the engine of the host', () => {
  let engine: ScratchEngine;
  let server: TestServer;
  beforeAll(async () => {
    const { base, learner, hub, parts } = await ensureImages({
      engine: new Docker(),
      mode: 'offline',
      progress: () => {},
    });
    engine = await ScratchEngine.start([base, learner, hub, ...(parts ? [parts] : [])]);
    server = await TestServer.start({ dockerHost: engine.host, stock: 1 });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await engine?.[Symbol.asyncDispose]();
  });

  it('hangs: learners go on, newcomers are told, and all goes on by itself', async () => {
    const { terminal } = await begin(server);
    await until(() => server.containers().length === 2, 'the stock');
    const late = new Learner(server);
    engine.hang();
    try {
      // What it was asked just before, it still answers.
      await until(async () => (await readiness(server)).engine === false, 'the server to see it', RECOVERY_MS);
      expect(await readiness(server)).toMatchObject({ status: 'not ready' });
      expect(statusOf(server).live?.engine).toBe('hangs');
      await answers(terminal);
      // The stock goes without the engine's help; the next one does not.
      await new Learner(server).post(routes.open(LESSON));
      await late.post(routes.open(LESSON));
      const isToldWhy = async () => {
        const { setup } = await late.session();
        return setup.state === 'waiting' && setup.why === 'trouble';
      };
      await until(isToldWhy, 'the newcomer to be told', RECOVERY_MS);
    } finally {
      engine.goOn();
    }
    await until(async () => (await readiness(server)).status === 'ready', 'the server to be ready', RECOVERY_MS);
    await late.open(LESSON);
    terminal.socket.close();
  });

  it('restarts: computers come back in their place, and learners are told', async () => {
    const { terminal } = await begin(server);
    await engine.stop();
    await until(async () => (await readiness(server)).engine === false, 'the server to see it');
    await engine.start();
    await until(() => terminal.session?.mishap === 'restarted', 'the learner to be told', RECOVERY_MS).catch(
      (error) => {
        throw new Error(`${error.message}: ${terminal.session?.mishap}\n${server.said}`);
      },
    );
    await seesItsThings(terminal);
    terminal.socket.close();
  });

  it('and the server lose their power at once: all is found again, and nothing leaks', async () => {
    const { learner, terminal } = await begin(server);
    terminal.socket.close();
    await Promise.all([engine.cutPower(), server.end('SIGKILL')]);
    await engine.start();
    await server.start();
    const again = await learner.terminal();
    expect((await learner.session()).mishap).toBe('restarted');
    await seesItsThings(again);
    again.socket.close();
    await until(() => server.containers().length === sandboxRows(server), 'as many containers as are known');
    const disks = () => loopDevicesBelow(server.dataDir);
    await until(
      () => disks().length === server.containers().length && disks().every(({ autoclear }) => autoclear),
      'as many devices',
    );
  });
});

it('a second server with a copy of the data folder, and user ids between the first one’s, leaves it and its things alone', async () => {
  await using first = await TestServer.start({ stock: 1 });
  const { terminal } = await begin(first);
  const mine = () => docker('ps', '-aq', '--filter', `label=slipway.instance=${first.instance}`).split('\n').sort();
  await until(() => first.containers().length === 2, 'the stock');
  const before = mine();
  const copy = mkdtempSync('/tmp/slw-');
  cpSync(first.dataDir, copy, {
    recursive: true,
    filter: (path) => !path.endsWith('.sock') && !path.endsWith('.ext4'),
  });
  const ids = uidBases(first);
  const [base = 0] = ids;
  await using second = await TestServer.start({ dataDir: copy, args: ['--uid-base', String(base + 1_000)] });
  // Positive control: it works, with things of its own.
  await new Learner(second).open(LESSON);
  expect(second.containers().length).toBeGreaterThan(0);
  const all = uidBases(first, second);
  expect(all.length).toBeGreaterThan(ids.length);
  all.reduce((before, after) => {
    expect(after - before).toBeGreaterThanOrEqual(IDS_OF_ONE);
    return after;
  });
  await second.end('SIGINT');
  expect(mine()).toEqual(before);
  await seesItsThings(terminal);
  terminal.socket.close();
});
