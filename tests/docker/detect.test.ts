// Which engines are taken, which are refused and with what words: the real one, and answers as foreign engines give them.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connectEngine, openEngine } from '../../server/engine/connect.ts';
import { adviceFor } from '../../server/engine/install.ts';
import { createProgress } from '../../server/progress.ts';

const progress = createProgress();
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

async function withEngine(version: object, info: object, use: (dockerHost: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync('/tmp/slw-engine-');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url?.includes('/version') ? version : info));
  });
  await new Promise<void>((resolve) => server.listen(join(dir, 'docker.sock'), resolve));
  try {
    await use(`unix://${join(dir, 'docker.sock')}`);
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(dir, { recursive: true });
  }
}

const good = {
  version: { ApiVersion: '1.41', Components: [{ Name: 'Engine' }] },
  info: { OSType: 'linux', OperatingSystem: 'Debian', SecurityOptions: ['name=seccomp'] },
};

describe('connectEngine', () => {
  it('takes the local engine', async () => {
    const engine = await connectEngine({ dockerHost: undefined, yes: false }, progress);
    expect((await engine.version()).Os).toBe('linux');
  });

  it.each(['Debian', 'Docker Desktop'])('takes one of %s', async (OperatingSystem) => {
    await withEngine(good.version, { ...good.info, OperatingSystem }, async (dockerHost) => {
      await expect(connectEngine({ dockerHost, yes: false }, progress)).resolves.toBeDefined();
    });
  });

  it.each([
    ['Podman', { ...good.version, Components: [{ Name: 'Podman Engine' }] }, good.info, 'engine-podman'],
    ['Windows containers', good.version, { ...good.info, OSType: 'windows' }, 'engine-windows'],
    ['an old engine', { ApiVersion: '1.24' }, good.info, 'engine-old'],
    ['nonsense', {}, {}, 'engine-old'],
  ])('names %s and says what to do', async (_, version, info, code) => {
    await withEngine(version, info, async (dockerHost) => {
      await expect(connectEngine({ dockerHost, yes: false }, progress)).rejects.toMatchObject({
        code,
        next: expect.stringMatching(/.{20}/),
      });
    });
  });

  it.each([
    ['tcp://10.0.0.1:2375', 'engine-plain'],
    ['tcp://', 'engine-address'],
    ['ssh://-oProxyCommand=touch', 'engine-address'],
    ['npipe:////./pipe/docker_engine', 'engine-address'],
  ])('refuses %s', async (dockerHost, code) => {
    await expect(connectEngine({ dockerHost, yes: false }, progress)).rejects.toMatchObject({ code });
  });

  it('says so where DOCKER_HOST leads nowhere', async () => {
    await expect(connectEngine({ dockerHost: 'unix:///nowhere.sock', yes: false }, progress)).rejects.toMatchObject({
      code: 'no-engine',
    });
    expect(await openEngine({ dockerHost: 'unix:///nowhere.sock' })).toBeNull();
  });
});

describe('another user', () => {
  const socketGid = statSync('/var/run/docker.sock').gid;
  const asUser = (groups: string) => {
    const script =
      "import { connectEngine } from './server/engine/connect.ts'; import { createProgress } from './server/progress.ts'; connectEngine({ dockerHost: undefined, yes: false }, createProgress()).then(() => console.log('connected'), (error) => console.log(error.code));";
    const { stdout, stderr } = spawnSync(
      'setpriv',
      [
        '--reuid',
        '4242',
        '--regid',
        '4242',
        ...(groups ? ['--groups', groups] : ['--clear-groups']),
        process.execPath,
        '--input-type=module',
        '-e',
        script,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    return stdout.trim() || stderr;
  };

  it.runIf(process.getuid?.() === 0)("in the socket's group is served, outside it is told to join", () => {
    // Others must be able to read this checkout and its Node.js, or the test would be of file permissions.
    execFileSync('true');
    chmodSync(ROOT, statSync(ROOT).mode | 0o055);
    expect(asUser(String(socketGid))).toBe('connected');
    expect(asUser('')).toBe('engine-permission');
  });
});

it('advises what to install, for each system', () => {
  const system = (id: string) => new Map([['ID', id]]);
  expect(adviceFor('linux', system('debian'))).toContain('apt-get install docker.io');
  expect(adviceFor('linux', system('fedora'))).toContain('dnf install moby-engine');
  expect(adviceFor('linux', system('arch'))).toContain('pacman -S docker');
  expect(adviceFor('linux', system('alpine'))).toContain('apk add docker');
  expect(adviceFor('darwin', new Map())).toContain('virtual machine');
});
