// A server in operation: images of its own, what it tells whoever runs it, and what it never tells.

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realTar } from '../../server/images/test-tar.ts';
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
