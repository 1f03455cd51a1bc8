// A learner's disk that is full of bytes or of files: the terminal echoes, verdicts come, room can be made, reset works.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { DiskImages } from '../../server/engine/disk-image.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { loopDevicesBelow } from '../support/loop-devices.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'run-your-own-registry';
const DISK_MB = 256;
const RUN = 'docker run -d -p 5000:5000 --name registry registry:2\r';
const isRoot = process.getuid?.() === 0;
const waitsFor = ({ setup }: Session) => (setup.state === 'waiting' ? setup.why : null);
const marks = (session: Session) => Object.values(session.progress[LESSON]?.marks ?? {});

/** Types a line whose end shows that the terminal answers. */
async function run(terminal: LearnerTerminal, line: string, ms?: number): Promise<void> {
  const mark = `end${Math.random().toString(36).slice(2)}`;
  terminal.type(`${line}; echo ${mark.slice(0, 3)}""${mark.slice(3)}\r`);
  await until(() => terminal.output.includes(mark), `${line} to end`, ms);
}

async function echoes(terminal: LearnerTerminal): Promise<void> {
  const beganMs = performance.now();
  await run(terminal, 'true');
  expect(performance.now() - beganMs).toBeLessThan(1_000);
}

describe.runIf(isRoot)('a disk that the kernel holds', () => {
  let server: TestServer;
  let learner: Learner;
  let terminal: LearnerTerminal;
  beforeAll(async () => {
    server = await TestServer.start({ args: ['--sandbox-disk-mb', String(DISK_MB), '--max-sandboxes', '2'], stock: 1 });
    learner = new Learner(server);
    await learner.open(LESSON);
    terminal = await learner.terminal();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    // Nothing but the removal of containers and volumes was needed.
    expect(loopDevicesBelow(server?.dataDir ?? '')).toEqual([]);
  });
  const disks = () =>
    readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(`${server.dataDir}/`));

  it('is told at the start, has its size, and shows the host no program of root’s and no device', async () => {
    expect(server.said).toContain('a disk of 0.25 GiB, held by the kernel');
    await terminal.sees(({ space }) => space?.held === true && space.state === 'enough', 'the meter');
    const limit = terminal.session?.space?.limitBytes ?? 0;
    expect(limit).toBeGreaterThan(0.85 * DISK_MB * 2 ** 20);
    expect(limit).toBeLessThan(DISK_MB * 2 ** 20);
    const mounts = disks();
    expect(mounts.length).toBeGreaterThan(0);
    for (const mount of mounts) expect(mount).toMatch(/ ext4 \S*nosuid,nodev/);
    expect(loopDevicesBelow(server.dataDir).every(({ autoclear }) => autoclear)).toBe(true);
  });

  it('full of bytes: the terminal echoes, the verdict comes, what to remove is named, and room can be made', async () => {
    // What is removed at the end of this, by an engine that must write to do so.
    await run(terminal, 'docker pull -q nginx; docker tag nginx spare; docker rmi nginx');
    await run(terminal, 'dd if=/dev/zero of=~/big bs=1M');
    await terminal.shows('No space left on device');
    await terminal.sees(({ space }) => space?.state === 'full', 'the notice');
    expect(terminal.session?.space).toMatchObject({ short: 'bytes', held: true });
    expect(terminal.session?.space?.largest[0]).toMatchObject({ kind: 'file', name: '~/big' });
    await echoes(terminal);
    terminal.type(RUN);
    await terminal.sees(
      ({ verdict }) => verdict?.state === 'fail' && verdict.message.includes('disk is full'),
      'the verdict that names it',
    );
    await run(terminal, 'docker rmi spare');
    await terminal.shows('Deleted: sha256');
    await run(terminal, 'rm ~/big');
    await terminal.sees(({ space }) => space?.state === 'enough', 'the notice to go');
    await run(terminal, 'docker rm -f registry');
    terminal.type(RUN);
    await terminal.sees((session) => marks(session).includes('passed'), 'the step to pass');
  });

  it('full of files: the same', async () => {
    await run(terminal, 'mkdir ~/many; (cd ~/many && seq 1 40000 | xargs touch 2>&1 | tail -1)', 60_000);
    await terminal.sees(({ space }) => space?.state === 'full' && space.short === 'files', 'the notice');
    expect(terminal.session?.space?.largest[0]).toMatchObject({ kind: 'folder', name: '~/many' });
    await echoes(terminal);
    await run(terminal, 'rm -r ~/many', 60_000);
    await terminal.sees(({ space }) => space?.state === 'enough', 'the notice to go');
  });

  it('full: a reset gives an empty one, and the old one is gone', async () => {
    await run(terminal, 'fallocate -l 1G ~/big; dd if=/dev/zero of=~/more bs=1M');
    await terminal.sees(({ space }) => space?.state === 'full', 'the notice');
    const before = disks();
    const shell = terminal.id;
    expect((await learner.post(routes.restart(LESSON))).status).toBe(200);
    // What is typed before goes nowhere.
    await until(() => terminal.id !== shell, 'the new shell');
    await terminal.sees(({ space }) => space?.state === 'enough', 'an empty disk');
    await until(() => !disks().some((mount) => before.includes(mount) && before.length === 1), 'the old one to go');
    await until(() => loopDevicesBelow(server.dataDir).length === disks().length, 'its device to go');
  });

  it('after SIGKILL of the server it goes on, and what was half made is gone', async () => {
    await run(terminal, 'echo kept > ~/file');
    // In the middle of making the next one.
    const isComplete = () => {
      const devices = loopDevicesBelow(server.dataDir);
      // A device goes with its computer once that has it.
      return devices.length === 2 && devices.every(({ autoclear }) => autoclear);
    };
    await until(isComplete, 'the stock');
    const [left] = server.containers();
    const stray = join(server.dataDir, 's', 'deadbeef');
    const file = join(stray, 'disk.ext4');
    mkdirSync(stray);
    await new DiskImages().format({ file, sizeMb: 32, owner: 0 });
    await new DiskImages().attach(file);
    await server.end('SIGKILL');
    // Stopped, as by a restart of the engine: its device has gone with it.
    for (const container of server.containers()) execFileSync('docker', ['kill', container]);
    await until(() => loopDevicesBelow(server.dataDir).length === 1, 'the devices to go');
    await server.start();
    expect(server.containers()).toContain(left);
    expect(existsSync(stray)).toBe(false);
    expect(loopDevicesBelow(server.dataDir).every(({ autoclear }) => autoclear)).toBe(true);
    terminal = await learner.terminal();
    terminal.type('cat ~/file\r');
    await terminal.shows('kept');
    await terminal.sees(({ space }) => space?.held === true, 'the meter');
  });
});

describe.runIf(isRoot)('a disk that is measured', () => {
  it('is so for a member of the group docker; the meter and the notice tell', async () => {
    await using server = await TestServer.start({
      args: ['--sandbox-disk-mb', String(DISK_MB)],
      user: { uid: 4242, gid: statSync('/var/run/docker.sock').gid },
    });
    expect(server.said).toContain('measured, not held, because the server does not run as root');
    const learner = new Learner(server);
    await learner.open(LESSON);
    const terminal = await learner.terminal();
    await terminal.sees(({ space }) => space?.held === false && space.state === 'enough', 'the meter');
    terminal.type('fallocate -l 300M ~/big; sleep 6; rm ~/big\r');
    await terminal.sees(({ space }) => space?.state === 'full', 'the notice, while the command runs');
    expect(terminal.session?.space?.largest[0]).toMatchObject({ kind: 'file', name: '~/big' });
    await terminal.sees(({ space }) => space?.state === 'enough', 'the notice to go');
  });
});

it('while the host’s disk is low, new learners wait and the others go on', async () => {
  const freeMb = () => {
    const { bavail, bsize } = statfsSync('/tmp');
    return Math.floor((bavail * bsize) / 2 ** 20);
  };
  const least = freeMb() - 4_000;
  await using server = await TestServer.start({
    args: ['--min-free-disk-mb', String(least), '--sandbox-disk-mb', String(DISK_MB)],
  });
  const learner = new Learner(server);
  await learner.open(LESSON);
  const terminal = await learner.terminal();
  let last = new Learner(server);
  const filler = join(server.dataDir, 'filler');
  try {
    execFileSync('fallocate', ['-l', '8G', filler]);
    // The stock may still be given away.
    for (let late = 0; late < 3; late++) {
      last = new Learner(server);
      await last.post(routes.open(LESSON));
    }
    await until(async () => waitsFor(await last.session()) === 'disk', 'the last one to be told why');
    await echoes(terminal);
    expect(await (await learner.post(routes.restart(LESSON))).json()).toMatchObject({ setup: { state: 'running' } });
  } finally {
    rmSync(filler);
  }
  await until(async () => (await last.session()).setup.state === 'ready', 'the one who waited to be served');
});
