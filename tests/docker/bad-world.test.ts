// What is bad around the server: things of another product, an image build that fails in its middle, a disk that is full.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import { expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { HostImages } from '../../server/engine/host-images.ts';
import { findSandboxes } from '../../server/engine/sandbox-container.ts';
import { Learner } from '../support/learner.ts';
import { learnerImage } from '../support/sandbox.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'what-is-a-registry';
const docker = (...args: string[]) => String(execFileSync('docker', args, { stdio: 'pipe' })).trim();

it('things that only look like ours are neither taken, nor counted, nor removed', async () => {
  await using server = await TestServer.start({ stock: 1 });
  const image = await learnerImage();
  const own = [
    `slipway.instance=${server.instance}`,
    'slipway.kind=sandbox',
    'slipway.sandbox=0badf00d',
    'slipway.slot=7',
  ];
  const foreign = [
    // Of another product that has our words, and with ours all but the name.
    own,
    ['slipway=1', ...own],
    [
      'slipway=1',
      `slipway.instance=${server.instance}`,
      'slipway.kind=sandbox',
      'slipway.sandbox=../../etc',
      'slipway.slot=x',
    ],
  ].map((labels) => docker('create', ...labels.flatMap((label) => ['--label', label]), '--network', 'none', image));
  try {
    await server.end('SIGKILL');
    await server.start();
    const found = (await findSandboxes(new Docker(), server.instance)).map(({ containerId }) => containerId);
    // Positive control: its own are found.
    expect(found).toHaveLength(1);
    expect(foreign.filter((id) => found.includes(id))).toEqual([]);
    expect((await new Learner(server).post(routes.open(LESSON))).status).toBe(200);
    const all = docker('ps', '-aq', '--no-trunc').split('\n');
    expect(foreign.filter((id) => !all.includes(id))).toEqual([]);
  } finally {
    docker('rm', '-fv', ...foreign);
  }
});

it('an image build that fails in its middle says where, leaves nothing, and is made at the next try', async () => {
  const dir = mkdtempSync('/tmp/slw-build-');
  const tag = `slipway/test-build:${process.pid}`;
  const images = new HostImages(new Docker());
  const write = (command: string) =>
    writeFileSync(join(dir, 'Dockerfile'), `FROM ${base}\nRUN echo first > /first\nRUN ${command}\nRUN echo last\n`);
  const base = await learnerImage();
  const build = () => images.buildImage(dir, { tag, kind: 'probe', labels: { 'slipway.test': String(process.pid) } });
  const made = () => docker('ps', '-aq', '--filter', `label=slipway.test=${process.pid}`);
  try {
    write('echo it broke here && exit 7');
    await expect(build()).rejects.toMatchObject({
      code: 'image-build-failed',
      message: expect.stringMatching(/it broke here[^]*code: 7|code: 7[^]*it broke here/),
    });
    expect(await images.imageExists(tag)).toBe(false);
    expect(made()).toBe('');
    write('true');
    await build();
    expect(await images.imageExists(tag)).toBe(true);
  } finally {
    execFileSync('sh', [
      '-c',
      `docker rmi -f ${tag} 2>/dev/null; docker image prune -f --filter label=slipway.test=${process.pid} >/dev/null`,
    ]);
    rmSync(dir, { recursive: true, force: true });
  }
});

it.runIf(process.getuid?.() === 0)(
  'a disk that fills up: who works goes on, who comes is told, and it is over with the disk',
  async () => {
    const disk = mkdtempSync('/tmp/slw-full-');
    const dataDir = join(disk, 'data');
    const filler = join(disk, 'filler');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', disk]);
    mkdirSync(dataDir, { mode: 0o711 });
    try {
      const args = ['--min-free-disk-mb', '100', '--sandbox-disk-mb', '256'];
      await using server = await TestServer.start({ dataDir, args });
      const learner = new Learner(server);
      await learner.open(LESSON);
      const terminal = await learner.terminal();
      execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=1M 2>/dev/null || true`]);
      expect(() => writeFileSync(join(dataDir, 'more'), 'x'.repeat(100_000))).toThrow('ENOSPC');
      terminal.type('echo go""ing on\r');
      await terminal.shows('going on');
      const late = new Learner(server);
      await late.post(routes.open(LESSON)).catch(() => {});
      // The learner's own work is judged, and nothing of it ends the server.
      terminal.type('docker images\r');
      await terminal.shows('IMAGE ID').catch((error) => {
        throw new Error(`${error.message}\n${server.said}`);
      });
      expect((await learner.get('/healthz')).status).toBe(200);
      expect(server.containers()).toHaveLength(1);
      rmSync(filler);
      rmSync(join(dataDir, 'more'), { force: true });
      await late.open(LESSON);
      terminal.type('echo still th""ere\r');
      await terminal.shows('still there');
      terminal.socket.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  },
);
