// What a server does when the engine hangs, restarts or loses its power, and when a sandbox ends: nothing is lost that need not be.

import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../protocol/session.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'what-is-a-registry';
const _isRoot = process.getuid?.() === 0;
const docker = (...args: string[]) => String(execFileSync('docker', args, { stdio: 'pipe' })).trim();

const has = (mishap: Session['mishap']) => (session: Session) => session.mishap === mishap;

/** Types until the shell that was lost and came back takes it. */
async function answers(terminal: LearnerTerminal): Promise<void> {
  const word = `here-${Math.random().toString(36).slice(2)}`;
  let typedMs = 0;
  await until(
    () => {
      if (Date.now() - typedMs > 2_000) {
        typedMs = Date.now();
        terminal.type(`\x15echo ${word.slice(0, 3)}""${word.slice(3)}\r`);
      }
      return terminal.output.includes(word);
    },
    'the shell to answer',
    40_000,
  );
}

describe('a sandbox that ends by itself', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  it('is started again in its place with its images, and the learner is told', async () => {
    const learner = new Learner(server);
    await learner.open(LESSON);
    const container = docker('inspect', '-f', '{{.Id}}', ...server.containers().slice(-1));
    const terminal = await learner.terminal();
    terminal.type('docker pull -q alpine && echo kept > ~/kept\r');
    await terminal.shows('docker.io/library/alpine:latest');
    docker('kill', container);
    await terminal.sees(has('restarting'), 'the learner to be told');
    await terminal.sees(has('restarted'), 'the learner to be told that it is back');
    await answers(terminal);
    terminal.type('cat ~/kept; docker images\r');
    await terminal.shows(/kept[^]*alpine +latest/);
    expect(server.containers()).toContain(container.slice(0, 12));
  });
});
