// docker compose up: with Debian's docker-compose, offline, as a newcomer would; and what it says without images.

import { type ExecFileSyncOptions, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/learner.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROJECT = `slwcompose${process.pid}`;
const PORT = '18080';
let checkout: string;
let dataDir: string;

const options = (env: Record<string, string> = {}): ExecFileSyncOptions => ({
  cwd: checkout,
  encoding: 'utf8',
  // Debian's docker-compose is older than BuildKit's default.
  env: { ...process.env, DOCKER_BUILDKIT: '0', SLIPWAY_PORT: PORT, SLIPWAY_DATA_DIR: dataDir, ...env },
});
const compose = (...args: string[]) =>
  String(execFileSync('docker-compose', ['-p', PROJECT, ...args], { ...options(), stdio: ['ignore', 'pipe', 'pipe'] }));

beforeAll(() => {
  checkout = mkdtempSync('/tmp/slw-checkout-');
  dataDir = mkdtempSync('/tmp/slw-compose-');
  const files = String(execFileSync('git', ['ls-files'], { cwd: ROOT }))
    .split('\n')
    .filter((file) => file !== '');
  for (const file of files) cpSync(join(ROOT, file), join(checkout, file), { recursive: true });
});
afterAll(() => {
  if (!checkout) return;
  compose('down', '--rmi', 'local');
  for (const kind of ['container', 'volume']) {
    const list = kind === 'container' ? ['ps', '-aq'] : ['volume', 'ls', '-q'];
    const ids = String(execFileSync('docker', [...list, '--filter', `label=slipway.instance=${instance()}`]))
      .split('\n')
      .filter((id) => id !== '');
    if (ids.length > 0)
      execFileSync('docker', [...(kind === 'container' ? ['rm', '-fv'] : ['volume', 'rm', '-f']), ...ids]);
  }
  rmSync(checkout, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const instance = () =>
  String(
    execFileSync(process.execPath, [
      '-e',
      `import('${ROOT}/server/engine/labels.ts').then(({ ownerOf }) => console.log(ownerOf(${JSON.stringify(dataDir)}).instance))`,
    ]),
  ).trim();

describe('docker compose', () => {
  it('says what comes first where Docker Hub cannot be reached and no image was built', () => {
    const { status, stdout, stderr } = spawnSync(
      'docker-compose',
      ['-p', PROJECT, 'build'],
      options({ SLIPWAY_BASE: 'slipway/base:none' }),
    );
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain('npm run images');
  });

  // An image is built, with npm's packages: a busy machine takes its time.
  it('comes up, is healthy, asks for its access link and serves learners', { timeout: 480_000 }, async () => {
    execFileSync(process.execPath, ['server/cli/images.ts', '--offline', '--data-dir', dataDir], {
      cwd: ROOT,
      stdio: 'pipe',
    });
    const certificate = join('.cache', 'extra-ca.pem');
    if (existsSync(join(ROOT, certificate))) cpSync(join(ROOT, certificate), join(checkout, certificate));
    const base = /SLIPWAY_BASE=(\S+)/.exec(readFileSync(join(ROOT, '.env'), 'utf8'))?.[1] ?? '';
    expect(base).toMatch(/^slipway\/base:/);
    execFileSync('docker-compose', ['-p', PROJECT, 'up', '-d'], { ...options({ SLIPWAY_BASE: base }), stdio: 'pipe' });
    const id = compose('ps', '-q', 'slipway').trim();
    const health = () => String(execFileSync('docker', ['inspect', '-f', '{{.State.Health.Status}}', id])).trim();
    await until(() => health() === 'healthy', 'the container to be healthy', 120_000);
    expect(String(execFileSync('docker', ['inspect', '-f', '{{.HostConfig.RestartPolicy.Name}}', id])).trim()).toBe(
      'unless-stopped',
    );
    expect((await fetch(`http://127.0.0.1:${PORT}/`)).status).toBe(401);
    const token = readFileSync(join(dataDir, 'access-token'), 'utf8').trim();
    const answer = await fetch(`http://127.0.0.1:${PORT}/access/${token}`, { redirect: 'manual' });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const opened = await fetch(`http://127.0.0.1:${PORT}/api/lessons/the-round-trip/open`, {
      method: 'POST',
      body: '{}',
      headers: { cookie, 'content-type': 'application/json' },
    });
    expect(opened.status, await opened.clone().text()).toBe(200);
    expect(await opened.json()).toMatchObject({ lesson: 'the-round-trip' });
  });
});
