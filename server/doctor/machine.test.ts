import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { Config } from '../config.ts';
import { confinement, storage } from './engine.ts';
import { type Machine, machineNeeds, thisMachine } from './machine.ts';
import { fail, needText, ok, summaryOf, warn } from './need.ts';

const files: Record<string, string> = {
  '/proc/sys/user/max_user_namespaces': '15000\n',
  '/proc/meminfo': 'MemTotal:       9000000 kB\nMemAvailable:    8000000 kB\n',
  '/proc/sys/kernel/pty/max': '4096\n',
  '/proc/sys/kernel/pty/nr': '7\n',
  '/proc/sys/net/netfilter/nf_conntrack_max': '262144\n',
  '/proc/self/limits': 'Limit  Soft\nMax open files            20000                20000                files\n',
};
const good: Machine = {
  platform: 'linux',
  architecture: 'x64',
  kernel: '6.1.0-13-amd64',
  processors: 2,
  read: (path) => files[path] ?? null,
};
const reading = (more: Record<string, string>): Partial<Machine> => ({
  read: (path) => more[path] ?? files[path] ?? null,
});
/** A port that is free when asked for: 0 stands for any. */
const config = {
  host: '127.0.0.1',
  port: 0,
  dataDir: '/tmp/slipway-none',
  maxSandboxes: 20,
  minFreeDiskMb: 2048,
} as Config;

async function needsOf(machine: Partial<Machine>) {
  const needs = await machineNeeds({ ...good, ...machine }, config);
  return needs.filter(({ id }) => id !== 'disk');
}

test('a machine that has everything', async () => {
  expect((await needsOf({})).filter(({ state }) => state !== 'ok')).toEqual([]);
});

test.each<[string, Partial<Machine>, string, string]>([
  ['another system', { platform: 'darwin' }, 'system', 'fail'],
  ['an architecture without images of ours', { architecture: 'riscv64' }, 'system', 'warn'],
  ['an old kernel', { kernel: '5.10.0-8' }, 'kernel', 'fail'],
  ['a kernel of another numbering', { kernel: '4.19' }, 'kernel', 'fail'],
  [
    'no user name spaces',
    { read: (path) => (path.includes('namespaces') ? null : (files[path] ?? null)) },
    'user-namespaces',
    'fail',
  ],
  ['none allowed', reading({ '/proc/sys/user/max_user_namespaces': '0' }), 'user-namespaces', 'fail'],
  ['Debian’s switch', reading({ '/proc/sys/kernel/unprivileged_userns_clone': '0\n' }), 'user-namespaces', 'fail'],
  [
    'Ubuntu’s switch',
    reading({ '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' }),
    'restricted-namespaces',
    'fail',
  ],
  ['one processor', { processors: 1 }, 'processors', 'warn'],
  [
    'a table of terminals that learners would fill',
    reading({ '/proc/sys/kernel/pty/max': '256' }),
    'terminals',
    'warn',
  ],
  [
    'a table of netfilter’s that would fill the memory',
    reading({ '/proc/sys/net/netfilter/nf_conntrack_max': '1048576' }),
    'netfilter',
    'warn',
  ],
  ['little memory', reading({ '/proc/meminfo': 'MemAvailable: 1000000 kB' }), 'memory', 'warn'],
  ['no memory', reading({ '/proc/meminfo': 'MemAvailable: 200000 kB' }), 'memory', 'fail'],
  ['an unreadable memory', reading({ '/proc/meminfo': '' }), 'memory', 'warn'],
  ['few descriptors', reading({ '/proc/self/limits': 'Max open files   1024   4096   files' }), 'descriptors', 'warn'],
])('%s is told', async (_what, machine, id, state) => {
  const not = (await needsOf(machine)).filter((need) => need.state !== 'ok');
  expect(not.map((need) => [need.id, need.state])).toEqual([[id, state]]);
  expect(not[0]?.fix).not.toBe('');
});

test('a switch that is on is none', async () => {
  const on = reading({
    '/proc/sys/kernel/unprivileged_userns_clone': '1\n',
    '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '0\n',
  });
  expect((await needsOf(on)).every(({ state }) => state === 'ok')).toBe(true);
});

test('a port in use is told, with one that is not', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const needs = await machineNeeds(good, { ...config, port });
  server.close();
  expect(needs.find(({ id }) => id === 'port')).toMatchObject({ state: 'fail', found: `${port} is in use` });
});

test('this machine is read', () => {
  const machine = thisMachine();
  expect(machine.read('/proc/self/limits')).toContain('Max open files');
  expect(machine.read('/nowhere')).toBe(null);
});

test('an engine’s driver and seccomp are judged', () => {
  expect([storage('overlay2').state, storage('vfs').state]).toEqual(['ok', 'warn']);
  expect([confinement(['name=seccomp,profile=default']).state, confinement([]).state]).toEqual(['ok', 'fail']);
});

test('the report says what is well in a line, and what to do about the rest', () => {
  const base = { id: 'a', title: 'Thing', why: 'It counts.' };
  expect(needText(ok(base, 'there'))).toBe('  ✓ Thing: there');
  expect(needText(warn(base, 'half', 'Do it.'))).toBe(
    '  ! Thing: half\n      Why it matters: It counts.\n      What to do: Do it.',
  );
  expect(summaryOf([ok(base, ''), warn(base, '', 'x')])).toBe('Slipway runs here; 1 of 2 could be better.');
  expect(summaryOf([ok(base, ''), fail(base, '', 'x')])).toContain('cannot run here yet: 1 of 2');
  expect(summaryOf([ok(base, '')])).toContain('all 1 needs are met');
});

test('the kernel’s tables are named with the setting that mends them', async () => {
  const small = reading({
    '/proc/sys/kernel/pty/max': '256',
    '/proc/sys/net/netfilter/nf_conntrack_max': '1048576',
  });
  const fixOf = async (id: string) => (await needsOf(small)).find((need) => need.id === id)?.fix;
  expect(await fixOf('terminals')).toBe('sudo sysctl -w kernel.pty.max=512');
  expect(await fixOf('netfilter')).toBe('sudo sysctl -w net.netfilter.nf_conntrack_max=262144');
});

test('a host that shows no table of netfilter’s needs nothing', async () => {
  const read = (path: string) => (path.includes('netfilter') ? null : (files[path] ?? null));
  expect((await needsOf({ read })).find(({ id }) => id === 'netfilter')?.state).toBe('ok');
});
