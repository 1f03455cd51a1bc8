// The launcher: fetching Node.js and packages once, whole or not at all, and one message where it cannot be.

import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../launcher', import.meta.url));
const load = (file: string) => import(join(LAUNCHER, file));
const { ensureNode, platformPackage } = await load('node.mjs');
const { ensurePackages } = await load('packages.mjs');
const { withLock } = await load('lock.mjs');
const { npmError, LauncherError } = await load('npm.mjs');

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'slipway-launcher-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** Takes npm's place: appends to a log, runs `body` in the folder that npm was sent to. */
function npm(body: string): string[] {
  const file = join(scratch, 'npm.mjs');
  const imports = `import * as fs from 'node:fs'; fs.appendFileSync(${JSON.stringify(join(scratch, 'log'))}, 'npm\\n');`;
  writeFileSync(file, `${imports}\n${body}`);
  return [process.execPath, file];
}
const timesRun = () =>
  existsSync(join(scratch, 'log')) ? readFileSync(join(scratch, 'log'), 'utf8').split('\n').length - 1 : 0;

describe('Node.js', () => {
  const fetched = (version: string) => {
    const bin = join('node_modules', platformPackage(), 'bin');
    return `fs.mkdirSync('${bin}', { recursive: true }); fs.writeFileSync('${bin}/node', '#!/bin/sh\\necho ${version}\\n', { mode: 0o755 });`;
  };
  const get = (body: string, version = '20.1.0') =>
    ensureNode({ npm: npm(body), version, dir: join(scratch, 'cache/node-26') });

  it('is the one that runs, where it is new enough', async () => {
    expect(await get('', '24.0.0')).toBe(process.execPath);
    expect(timesRun()).toBe(0);
  });

  it('is fetched once, and replaced when it is broken', async () => {
    const node = await get(fetched('v26.1.0'));
    expect(node).toBe(join(scratch, 'cache/node-26/bin/node'));
    await get(fetched('v26.1.0'));
    expect(timesRun()).toBe(1);
    writeFileSync(node, 'broken');
    await get(fetched('v26.2.0'));
    expect(spawnSync(node).stdout.toString()).toBe('v26.2.0\n');
  });

  it('is fetched once by two at the same time', async () => {
    await Promise.all([get(fetched('v26.1.0')), get(fetched('v26.1.0'))]);
    expect(timesRun()).toBe(1);
    expect(readdirSync(join(scratch, 'cache'))).toEqual(['node-26']);
  });

  it.each([
    ['does not come', '', 'npm did not bring it'],
    ['is too old', fetched('v18.0.0'), 'it does not run here'],
    [
      'meets no network',
      "console.error('npm error code ENOTFOUND'); process.exit(1);",
      'The npm registry could not be reached.',
    ],
  ])('that %s leaves nothing behind', async (_, body, message) => {
    await expect(get(body)).rejects.toThrow(message);
    expect(readdirSync(join(scratch, 'cache'))).toEqual([]);
  });
});

describe('the packages', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version, optional: true } },
    });
  const installed =
    "fs.mkdirSync('node_modules/a', { recursive: true }); fs.copyFileSync('package-lock.json', 'node_modules/a/from');";
  const ensure = (body: string) => ensurePackages({ project: scratch, npm: npm(body), env: {} });
  const from = () => readFileSync(join(scratch, 'node_modules/a/from'), 'utf8');
  beforeEach(() => {
    writeFileSync(join(scratch, 'package.json'), '{}');
    writeFileSync(join(scratch, 'package-lock.json'), lock('1.0.0'));
  });

  it('are installed when missing or stale, and not otherwise', async () => {
    await ensure(installed);
    await ensure(installed);
    expect(timesRun()).toBe(1);
    writeFileSync(join(scratch, 'package-lock.json'), lock('2.0.0'));
    await ensure(installed);
    expect(timesRun()).toBe(2);
    expect(from()).toContain('2.0.0');
    expect(readdirSync(join(scratch, '.cache'))).toEqual([]);
  });

  it('stay where a person ran npm', async () => {
    mkdirSync(join(scratch, 'node_modules'));
    writeFileSync(
      join(scratch, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
    );
    await ensure(installed);
    expect(timesRun()).toBe(0);
  });

  it('stay as they were when an install fails', async () => {
    await ensure(installed);
    writeFileSync(join(scratch, 'package-lock.json'), lock('2.0.0'));
    await expect(ensure("fs.mkdirSync('node_modules'); process.exit(1);")).rejects.toThrow(
      'Installing the npm packages failed',
    );
    expect(from()).toContain('1.0.0');
    expect(readdirSync(join(scratch, '.cache'))).toEqual([]);
  });

  it('give up soon where no request gets an answer', async () => {
    const silent = `console.error('npm http fetch GET http://x/a attempt 1 failed with ECONNREFUSED\\n'.repeat(20)); setTimeout(() => {}, 60_000);`;
    await expect(ensure(silent)).rejects.toThrow('The npm registry could not be reached.');
  });
});

it.each([
  ['npm ERR! code ENOSPC', 'The disk is full.'],
  ['npm error code EACCES', 'A folder cannot be written.'],
  ['npm warn x\nnpm http fetch GET 200 y\nsomething new', 'npm said:\nsomething new'],
])('says in one message what npm meant by %j', (output, message) => {
  const error = npmError(output, 'Fetching');
  expect(error).toBeInstanceOf(LauncherError);
  expect(error.message).toContain(message);
});

it('takes over the lock of a launcher that is gone', async () => {
  const file = join(scratch, 'lock');
  const gone = spawnSync(process.execPath, ['--version']).pid;
  writeFileSync(file, `${(await import('node:os')).hostname()} ${gone}`);
  expect(await withLock(file, () => readFileSync(file, 'utf8'))).toContain(` ${process.pid}`);
  expect(existsSync(file)).toBe(false);
});

describe('the entry', () => {
  const prepare = () => {
    cpSync(LAUNCHER, join(scratch, 'launcher'), { recursive: true });
    writeFileSync(join(scratch, 'package.json'), '{"type": "module"}');
    writeFileSync(join(scratch, 'package-lock.json'), '{"packages": {}}');
    mkdirSync(join(scratch, 'node_modules'));
    writeFileSync(join(scratch, 'node_modules/.package-lock.json'), '{"packages": {}}');
    chmodSync(scratch, 0o755);
    return join(scratch, 'launcher/run.mjs');
  };

  it('runs as TypeScript with its arguments, terminal and exit code, and nothing else is said', () => {
    const run = prepare();
    writeFileSync(
      join(scratch, 'entry.ts'),
      'const code: number = 7; process.stdin.pipe(process.stdout); console.log(process.argv.slice(2)); process.exitCode = code;',
    );
    const { stdout, stderr, status } = spawnSync(process.execPath, [run, 'entry.ts', 'a', '--b'], { input: 'typed' });
    expect([String(stdout), String(stderr), status]).toEqual(["[ 'a', '--b' ]\ntyped", '', 7]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('gets %s', async (signal) => {
    const run = prepare();
    writeFileSync(
      join(scratch, 'entry.ts'),
      `process.on('${signal}', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up');`,
    );
    const child = spawn(process.execPath, [run, 'entry.ts'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const code = new Promise((resolve) => child.on('exit', resolve));
    child.stdout.once('data', () => child.kill(signal));
    expect(await code).toBe(9);
  });

  it('is asked for where there is none', () => {
    const { stderr, status } = spawnSync(process.execPath, [prepare()]);
    expect(String(stderr)).toContain('usage: node launcher/run.mjs');
    expect(status).toBe(1);
  });
});
