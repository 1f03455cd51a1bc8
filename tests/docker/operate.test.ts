// A server in operation: images of its own, what it tells whoever runs it, and what it never tells.

import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realTar } from '../../server/images/test-tar.ts';
import { statusSchema } from '../../server/status.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let learner: Learner;
let terminal: LearnerTerminal;

beforeAll(async () => {
  server = await TestServer.start({ args: ['--log-level', 'debug'] });
  learner = new Learner(server);
  await learner.open('ask-the-registry');
  terminal = await learner.terminal();
});
afterAll(async () => {
  terminal?.socket.terminate();
  await server?.[Symbol.asyncDispose]();
});

/** A command for whoever runs the server, beside it. */
async function cli(program: string, ...words: string[]): Promise<{ code: number; out: string }> {
  const args = [`server/cli/${program}.ts`, ...words, '--data-dir', server.dataDir];
  return promisify(execFile)(process.execPath, args).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout + stderr }),
  );
}

/** Types a line and answers what it printed. */
async function typed(line: string): Promise<string> {
  const from = terminal.output.length;
  const end = `ended-${Date.now()}`;
  terminal.type(`${line}; echo ${end.slice(0, 3)}""${end.slice(3)}\n`);
  await until(() => terminal.output.slice(from).includes(end), line, 60_000);
  return terminal.output.slice(from);
}

describe('an image of whoever runs the server', () => {
  test('is found and pulled at once, and unknown when it is removed', async () => {
    const tar = join(server.dataDir, 'app.tar');
    await writeFile(tar, await realTar());
    expect(await typed('docker pull team/app:1')).toContain('pull access denied for team/app');
    expect((await cli('hub', 'add', tar)).out).toContain('Added team/app:1');
    expect(await typed('docker search team')).toContain('team/app');
    expect(await typed('docker pull team/app:1')).toContain('Downloaded newer image for team/app:1');
    expect((await cli('hub', 'add', tar)).out).toContain('team/app:1 was added already.');
    expect((await cli('hub', 'list')).out).toContain('team/app:1');
    expect((await cli('hub', 'remove', 'team/app:1')).code).toBe(0);
    expect(await typed('docker rmi team/app:1; docker pull team/app:1')).toContain('pull access denied');
  });
});

describe('what whoever runs the server is told', () => {
  test('the status of a running server, in words and as data', async () => {
    const status = statusSchema.parse(JSON.parse((await cli('status', '--json')).out));
    expect(status).toMatchObject({
      server: server.pid,
      live: { engine: 'up', sandboxes: { claimed: 1 }, sockets: 1, hub: { mode: 'offline', ready: true } },
      sessions: [{ lesson: 'ask-the-registry' }],
    });
    expect(status.live?.hub.requests['team/app']?.hit).toBeGreaterThan(0);
    expect(status.live?.hub.servedBytes).toBeGreaterThan(0);
    const { out } = await cli('status');
    expect(out).toMatch(/pool +1 in use/);
    expect(out).toMatch(/hub +offline: alpine, busybox/);
    expect((await stat(join(server.dataDir, 'status'))).mode & 0o777).toBe(0o700);
  });

  test('metrics, of a bounded set of names and labels', async () => {
    await typed('true');
    const answer = await learner.get('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    for (const line of [
      /^slipway_sandboxes\{state="claimed"\} 1$/m,
      /^slipway_sandbox_make_seconds_count [1-9]/m,
      /^slipway_terminal_bytes_total\{direction="in"\} [1-9]/m,
      /^slipway_terminal_bytes_total\{direction="out"\} [1-9]/m,
      /^slipway_verdicts_total\{state="pass"\} \d/m,
      /^slipway_hub_requests_total\{image="team\/app",result="hit"\} [1-9]/m,
      /^slipway_sockets 1$/m,
      /^slipway_nodejs_eventloop_lag_seconds /m,
      /^slipway_host_memory_available_bytes [1-9]/m,
      /^slipway_data_disk_free_bytes [1-9]/m,
    ])
      expect(text).toMatch(line);
    const labels = [...text.matchAll(/^slipway_(?!nodejs|process)\w+\{([^}]*)\}/gm)].map(([, label = '']) => label);
    for (const label of labels) expect(label).toMatch(/^(?:(?:state|direction|image|result|le)="[\w+./-]*",?)+$/);
    expect(new Set(labels).size).toBeLessThan(60);
  });
});

test('nothing that a learner types, logs in with or shows is in the log; the requests are', async () => {
  await typed('echo typed-s3cret && docker login -u learner -p login-s3cret');
  await typed(
    'curl -s "http://localhost:5000/v2/?token=query-s3cret"; docker push learner/name-s3cret; docker pull pulled-s3cret',
  );
  await learner.get('/api/file?path=file-s3cret');
  await learner.get('/access/token-s3cret');
  await learner.get('/api/session?token=query-s3cret');
  await learner.post('/api/lessons/ask-the-registry/steps/x-s3cret/report', { body: '{"note":"note-s3cret"}' });
  await until(() => server.said.includes('"path":"/api/session"'), 'the log of requests');
  expect(server.said).toContain('"path":"/access/…"');
  const cookie = learner.cookie.split('=')[1] ?? '-';
  // A step's name is the page's own word, and only the note is a learner's.
  const said = server.said.replaceAll('x-s3cret', '');
  for (const secret of ['s3cret', cookie]) expect(said).not.toContain(secret);
});

test('elsewhere than on loopback the metrics need a token of their own; the access link is none', async () => {
  await using shared = await TestServer.start({ args: ['--host', '0.0.0.0'], access: true });
  const token = async (name: string) => (await readFile(join(shared.dataDir, name), 'utf8')).trim();
  const ask = async (headers: Record<string, string>) => (await fetch(`${shared.url}/metrics`, { headers })).status;
  const access = await token('access-token');
  const cookie =
    (await fetch(`${shared.url}/access/${access}`, { redirect: 'manual' })).headers.getSetCookie()[0] ?? '';
  expect(await ask({})).toBe(401);
  expect(await ask({ authorization: `Bearer ${access}` })).toBe(401);
  expect(await ask({ cookie: cookie.split(';')[0] ?? '' })).toBe(401);
  expect(await ask({ authorization: `Bearer ${await token('metrics-token')}` })).toBe(200);
  expect((await stat(join(shared.dataDir, 'metrics-token'))).mode & 0o777).toBe(0o600);
  for (const secret of [access, await token('metrics-token')]) {
    expect(shared.said.split('\n').filter((line) => line.startsWith('{') && line.includes(secret))).toEqual([]);
  }
});
