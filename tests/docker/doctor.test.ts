// `npm run doctor` on this machine, which can hold sandboxes, and with things missing.

import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Need } from '../../server/doctor/need.ts';
import { freePort } from '../support/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function doctor(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/cli/doctor.ts', '--offline', ...args],
      { cwd: ROOT, env: { ...process.env, ...env }, timeout: 120_000 },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

it('proves a sandbox with nested run, push and pull', async () => {
  const { code, out, err } = await doctor(['--json', '--port', String(await freePort())]);
  const needs = JSON.parse(out || '[]') as Need[];
  expect({ failed: needs.filter(({ state }) => state === 'fail'), code, err: code === 0 ? '' : err }).toEqual({
    failed: [],
    code: 0,
    err: '',
  });
  expect(needs.filter(({ id }) => id.startsWith('probe-')).map(({ title }) => title)).toEqual([
    'A sandbox starts',
    'A sandbox pulls from the practice Docker Hub',
    'A sandbox runs a container',
    'A sandbox runs a registry',
    'A sandbox pushes to it',
    'A sandbox pulls from it',
  ]);
});

it('names what is missing and what to do, and exits with 1', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  const { code, out } = await doctor(['--port', String(port)], { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  taken.close();
  expect(code).toBe(1);
  expect(out).toContain(`✗ Port: ${port} is in use`);
  expect(out).toContain('✗ Docker Engine: none answers');
  expect(out).toContain('What to do: ');
  expect(out).toContain('Slipway cannot run here yet: 2 of');
  expect(out).not.toContain('A sandbox starts');
});

it('refuses a setting that is none', async () => {
  const { code, err } = await doctor(['--prot', '80']);
  expect([code, err]).toEqual([1, expect.stringContaining('Did you mean --port?')]);
});
