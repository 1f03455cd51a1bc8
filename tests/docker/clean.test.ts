// `npm run clean` on an engine and in folders that hold other things, too.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeEverything } from '../../server/engine/remove.ts';
import { ENV_MARK } from '../../server/images/compose-env.ts';
import { Learner } from '../support/learner.ts';
import { ScratchEngine } from '../support/scratch-engine.ts';
import { TestServer } from '../support/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const docker = (...args: string[]) => String(execFileSync('docker', args)).trim();

/** `clean` takes the built page and the caches of the checkout that it is in: it gets one of its own. */
let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync('/tmp/slw-checkout-');
  for (const part of ['server', 'protocol', 'launcher', 'package.json']) {
    cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

function clean(dataDir: string, dockerHost = 'unix:///nowhere.sock') {
  return spawnSync(process.execPath, ['server/cli/clean.ts', '--yes', '--data-dir', dataDir], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, DOCKER_HOST: dockerHost, XDG_CACHE_HOME: join(checkout, 'cache') },
  });
}

it('removes containers and volumes of an instance by label, and nothing else', async () => {
  await using server = await TestServer.start();
  await new Learner(server).open('the-round-trip');
  const foreign = docker('volume', 'create', `slw-foreign-${process.pid}`);
  try {
    await server.end('SIGKILL');
    const own = ['--filter', `label=slipway.instance=${server.instance}`];
    expect(docker('ps', '-aq', ...own)).not.toBe('');
    const removed = await removeEverything(new Docker(), { instance: server.instance });
    // The hub's and the learner's containers, and the learner's volume.
    expect(removed.containers).toBeGreaterThanOrEqual(2);
    expect(removed.volumes).toBeGreaterThanOrEqual(1);
    expect(docker('ps', '-aq', ...own)).toBe('');
    expect(docker('volume', 'ls', '-q', ...own)).toBe('');
    expect(docker('volume', 'ls', '-q', '--filter', `name=${foreign}`)).toBe(foreign);
  } finally {
    docker('volume', 'rm', foreign);
  }
});

it('refuses while a server runs', async () => {
  await using server = await TestServer.start();
  const { status, stderr } = clean(server.dataDir);
  expect(status).toBe(1);
  expect(stderr).toContain(`process ${server.pid}`);
  expect(existsSync(server.dataDir)).toBe(true);
});

it('leaves what belongs to another server that runs, and what it shares', async () => {
  await using running = await TestServer.start();
  await new Learner(running).open('the-round-trip');
  await using ended = await TestServer.start();
  await ended.end('SIGKILL');
  const of = ({ instance }: TestServer) => docker('ps', '-aq', '--filter', `label=slipway.instance=${instance}`);
  // Those of one second are listed in any order.
  const ours = () => docker('images', '-q', '--filter', 'label=slipway=1').split('\n').sort();
  const images = ours();
  const before = of(running);
  expect(of(ended)).not.toBe('');
  const { status, stdout } = clean(ended.dataDir, 'unix:///var/run/docker.sock');
  expect(status).toBe(0);
  expect(stdout).toContain(`the Slipway of ${running.dataDir}`);
  expect(of(ended)).toBe('');
  expect(existsSync(ended.dataDir)).toBe(false);
  expect(of(running)).toBe(before);
  expect(ours()).toEqual(images);
  expect((await new Learner(running).get('/readyz')).status).toBe(200);
});

it('removes its own files without an engine, and no others', () => {
  const dir = (name: string, file: string) => {
    mkdirSync(join(checkout, name), { recursive: true });
    writeFileSync(join(checkout, name, file), '');
    return join(checkout, name);
  };
  const own = [dir('dist', 'x'), dir('.cache', 'x'), dir('cache/slipway/node-26', 'x'), dir('data', 'slipway.db')];
  const foreign = [dir('cache/other', 'x'), dir('elsewhere', 'x')];
  writeFileSync(join(checkout, '.env'), 'MINE=1\n');
  const { status, stdout } = clean(join(checkout, 'data'));
  expect(status).toBe(0);
  expect(stdout).toContain('No Docker Engine answers');
  expect(own.filter(existsSync)).toEqual([]);
  expect(clean(join(checkout, 'elsewhere')).status).toBe(0);
  expect([...foreign, join(checkout, '.env')].filter((file) => !existsSync(file))).toEqual([]);
  writeFileSync(join(checkout, '.env'), `${ENV_MARK}\n`);
  clean(join(checkout, 'data'));
  expect(existsSync(join(checkout, '.env'))).toBe(false);
});

// The engine that the other suites run on must keep its images: this one gets an engine of its own.
it.runIf(process.getuid?.() === 0)('leaves on an engine what is not Slipway’s, and nothing else', async () => {
  await using engine = await ScratchEngine.start();
  const on = (...args: string[]) => docker('-H', engine.host, ...args);
  const scratch = join(checkout, 'image');
  mkdirSync(scratch);
  writeFileSync(join(scratch, 'file'), 'content');
  const tar = execFileSync('tar', ['-C', scratch, '-c', 'file']);
  const image = (tag: string, ...label: string[]) =>
    execFileSync('docker', ['-H', engine.host, 'import', ...label, '-', tag], { input: tar, stdio: 'pipe' });
  image('debian:trixie-slim');
  image('slipway/base:1', '--change', 'LABEL slipway=1');
  writeFileSync(join(scratch, 'Dockerfile'), 'FROM slipway/base:1\nCOPY file /other\n');
  const env = { ...process.env, DOCKER_BUILDKIT: '0' };
  execFileSync('docker', ['-H', engine.host, 'build', '-t', 'slipway/learner:1', scratch], { env, stdio: 'pipe' });
  for (const [name, label] of Object.entries({ own: 'slipway=1', foreign: 'other=1' })) {
    on('volume', 'create', '--label', label, name);
    on('network', 'create', '--label', label, name);
    const from = name === 'own' ? 'slipway/learner:1' : 'debian:trixie-slim';
    on('create', '--name', name, '--label', label, '-v', '/anonymous', from, '/file');
  }
  const { status, stdout } = clean(join(checkout, 'data'), engine.host);
  expect(stdout).toContain('Removed 1 containers, 1 volumes, 1 networks, 2 images.');
  expect(status).toBe(0);
  expect(on('ps', '-a', '--format', '{{.Names}}')).toBe('foreign');
  expect(on('images', '-a', '--format', '{{.Repository}}:{{.Tag}}')).toBe('debian:trixie-slim');
  expect(on('network', 'ls', '-q', '--filter', 'name=foreign', '--filter', 'name=own').split('\n')).toHaveLength(1);
  // The foreign container's own anonymous volume stays with it.
  expect(on('volume', 'ls', '-q').split('\n')).toHaveLength(2);
});
