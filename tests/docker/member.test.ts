// The whole server as an ordinary member of the group docker, and what a start says that cannot be.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LESSON = 'run-your-own-registry';

describe('a member of the group docker', () => {
  it.runIf(process.getuid?.() === 0)('runs the server, and a lesson works', async () => {
    // Others must be able to read this checkout and run its Node.js, or the test would be of file permissions.
    for (let dir = dirname(process.execPath); dir !== '/'; dir = dirname(dir))
      chmodSync(dir, statSync(dir).mode | 0o011);
    chmodSync(ROOT, statSync(ROOT).mode | 0o055);
    await using server = await TestServer.start({ user: { uid: 4242, gid: statSync('/var/run/docker.sock').gid } });
    const learner = new Learner(server);
    await learner.open(LESSON);
    const terminal = await learner.terminal();
    terminal.type('docker run -d -p 5000:5000 --name registry registry:2\r');
    await terminal.sees(
      (session) => Object.values(session.progress[LESSON]?.marks ?? {}).includes('passed'),
      'the first step to pass',
    );
    expect((await learner.post(`/api/lessons/${LESSON}/restart`)).status).toBe(200);
  });
});

describe('a start that cannot be', () => {
  const start = (...args: string[]) =>
    spawnSync(process.execPath, ['server/main.ts', '--offline', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 60_000,
    });

  it('names a taken port, leaves nothing, and exits with 1', async () => {
    const dataDir = mkdtempSync('/tmp/slw-port-');
    rmSync(dataDir, { recursive: true });
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { status, stderr } = start('--port', String(port), '--data-dir', dataDir);
    other.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`Port ${port} is already in use.`);
    expect(stderr).toContain(`--port ${port + 1}`);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('names a data folder that another server uses', async () => {
    await using server = await TestServer.start();
    const { status, stderr } = start('--port', '18099', '--data-dir', server.dataDir);
    expect(status).toBe(1);
    expect(stderr).toContain(`Another Slipway (process ${server.pid})`);
    expect((await new Learner(server).get('/readyz')).status).toBe(200);
  });

  it('names a data folder that cannot be made', () => {
    const { status, stderr } = start('--port', '18098', '--data-dir', '/etc/hostname/slipway');
    expect(status).toBe(1);
    expect(stderr).toContain('The data folder cannot be used');
    expect(stderr).toContain('--data-dir');
  });

  it('names an unknown setting', () => {
    const { status, stderr } = start('--prot', '1');
    expect(status).toBe(1);
    expect(stderr).toContain('Did you mean --port?');
  });
});
