// The relays of a sandbox: every byte arrives, who hangs up is known as gone, and one place's trouble stays there.

import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { docker, engineAnswers, type RawSandbox, rawSandbox, until } from '../support/raw-sandbox.ts';

const PLACES = 64;
const WAIT_MS = 10_000;
let sandbox: RawSandbox;
beforeAll(async () => {
  sandbox = await rawSandbox();
}, 60_000);
afterAll(() => sandbox?.[Symbol.asyncDispose]());

/** Through both relays to port 5000 of the learner's localhost. */
function registry(): Socket {
  const socket = connect(join(sandbox.relayDir, 'registry.sock'));
  socket.on('error', () => {});
  return socket;
}
const inside = async (command: string) => {
  const { code, stdout, stderr } = await sandbox.exec(command);
  if (code !== 0) throw new Error(`${command}: exit ${code}\n${stdout}${stderr}`);
  return stdout.trim();
};
/** Something of the learner's own behind port 5000, until the test is over. */
async function listening(what: string): Promise<AsyncDisposable> {
  const pid = await inside(
    `setsid socat TCP-LISTEN:5000,bind=127.0.0.1,fork,reuseaddr ${what} >/dev/null 2>&1 & echo $!;
     until ss -ltn | grep -q 127.0.0.1:5000; do sleep 0.01; done`,
  );
  return {
    async [Symbol.asyncDispose]() {
      await inside(`pkill -9 -s ${pid} || true; while ss -ltn | grep -q 127.0.0.1:5000; do sleep 0.01; done`);
    },
  };
}
/** Descriptors of the relays on the server's side and on the learner's. */
async function descriptors(): Promise<number> {
  const { stdout } = await docker(['top', sandbox.name, '-eo', 'pid,args']);
  const pids = stdout
    .split('\n')
    .flatMap((line) => (line.includes('/relay ') ? [line.trim().split(/\s+/)[0] ?? ''] : []));
  return pids.reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0);
}

it('carries 32 MiB there and back, exactly, past a reader who stops for a while', async () => {
  await using _echo = await listening('EXEC:cat');
  const sent = randomBytes(32 << 20);
  const socket = registry();
  const hash = createHash('sha256');
  let bytes = 0;
  let stopped = false;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    hash.update(chunk);
    if (stopped || bytes < sent.length / 2) return;
    stopped = true;
    socket.pause();
    setTimeout(() => socket.resume(), 300);
  });
  socket.write(sent);
  await until(WAIT_MS, 'all of it', () => bytes >= sent.length);
  expect(bytes).toBe(sent.length);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
  socket.destroy();
}, 30_000);

it('tells at once that nothing listens, and what was said before the far end hung up', async () => {
  const refused = registry();
  expect((await buffer(refused)).length).toBe(0);
  await using _greeting = await listening("SYSTEM:'echo hello'");
  expect((await buffer(registry())).toString()).toBe('hello\n');
});

it('carries 64 at once; the next is served when one has ended', async () => {
  await using _echo = await listening('EXEC:cat');
  const answered = async (socket: Socket) => {
    socket.write('?');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString();
  };
  const all = Array.from({ length: PLACES }, registry);
  expect(await Promise.all(all.map(answered))).toEqual(all.map(() => '?'));
  const next = registry();
  let served = false;
  const later = answered(next).then((answer) => {
    served = true;
    return answer;
  });
  // The other places do not fill with this one.
  expect(await engineAnswers(sandbox)).toBe(true);
  expect(served).toBe(false);
  all[0]?.destroy();
  expect(await later).toBe('?');
  for (const socket of [...all, next]) socket.destroy();
}, 30_000);

it('lets go of those who came and went, also where the far end never reads', async () => {
  const before = await descriptors();
  expect(before).toBeGreaterThan(0);
  await using _deaf = await listening('SYSTEM:"sleep 60"');
  const all = Array.from({ length: 8 }, registry);
  for (const socket of all) socket.write(randomBytes(4 << 20));
  await until(WAIT_MS, 'more descriptors', async () => (await descriptors()) >= before + 8 * 4);
  for (const socket of all) socket.destroy();
  await until(WAIT_MS, 'as many as before', async () => (await descriptors()) === before);
}, 30_000);

it('is not held up by a place whose target takes nobody', async () => {
  await inside(
    `rm -f /box/files.sock; setsid socat UNIX-LISTEN:/box/files.sock,mode=666,backlog=1,fork 'SYSTEM:sleep 60' >/dev/null 2>&1 & pid=$!;
     until [ -S /box/files.sock ]; do sleep 0.01; done; kill -STOP $pid; echo $pid > /tmp/stopped`,
  );
  const waiting = Array.from({ length: 20 }, () => {
    const socket = connect(join(sandbox.relayDir, 'files.sock'));
    socket.on('error', () => {});
    return socket;
  });
  await until(WAIT_MS, 'one that is refused', () => waiting.some((socket) => socket.readableEnded || socket.destroyed));
  expect(await engineAnswers(sandbox)).toBe(true);
  await using _echo = await listening("SYSTEM:'echo hello'");
  expect((await buffer(registry())).toString()).toBe('hello\n');
  for (const socket of waiting) socket.destroy();
  await inside('kill -9 $(cat /tmp/stopped)');
}, 30_000);
