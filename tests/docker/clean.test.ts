// `npm run clean` on an engine and a folder that hold other things, too.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { expect, it } from 'vitest';
import { removeEverything } from '../../server/engine/remove.ts';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const docker = (...args: string[]) => String(execFileSync('docker', args)).trim();

// The whole `clean` would take away what the other suites run on; its label filter is the same for one instance.
it('removes containers and volumes of an instance by label, and nothing else', async () => {
  await using server = await TestServer.start();
  await new Learner(server).open('the-round-trip');
  const foreign = docker('volume', 'create', `slw-foreign-${process.pid}`);
  try {
    await server.end('SIGKILL');
    const own = ['--filter', `label=slipway.instance=${server.instance}`];
    expect(docker('ps', '-aq', ...own)).not.toBe('');
    const removed = await removeEverything(new Docker(), { instance: server.instance });
    expect(removed.containers).toBeGreaterThanOrEqual(3);
    expect(removed.volumes).toBeGreaterThanOrEqual(3);
    expect(docker('ps', '-aq', ...own)).toBe('');
    expect(docker('volume', 'ls', '-q', ...own)).toBe('');
    expect(docker('volume', 'ls', '-q', '--filter', `name=${foreign}`)).toBe(foreign);
  } finally {
    docker('volume', 'rm', foreign);
  }
});

it('refuses while a server runs, and touches no folder that is not its own', async () => {
  await using server = await TestServer.start();
  const clean = (dataDir: string) =>
    spawnSync(process.execPath, ['server/cli/clean.ts', '--yes', '--data-dir', dataDir], {
      cwd: ROOT,
      encoding: 'utf8',
      // No engine: only files are asked for here.
      env: { ...process.env, DOCKER_HOST: 'unix:///nowhere.sock', XDG_CACHE_HOME: '/nowhere' },
    });
  const refused = clean(server.dataDir);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(`process ${server.pid}`);
  expect(existsSync(server.dataDir)).toBe(true);
  const foreign = mkdtempSync('/tmp/slw-foreign-');
  try {
    const { status, stdout } = clean(foreign);
    expect(status).toBe(0);
    expect(stdout).toContain('No Docker Engine answers');
    expect(existsSync(foreign)).toBe(true);
  } finally {
    rmSync(foreign, { recursive: true });
  }
});
