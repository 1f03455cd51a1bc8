// What one learner's bombs do to another: hardly anything while they go off, nothing afterwards; and who set one off starts again.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { percentile } from '../bench/figures.ts';
import { Learner, type LearnerTerminal } from '../support/learner.ts';
import { Neighbour, type Noticed } from '../support/neighbour.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'what-is-a-registry';
const STEP = 'list-the-images-you-have';
/** `npm run soak` sets it. */
const FULL = process.env.SLIPWAY_SOAK === '1';
const GOES_OFF_MS = 1_500;
/** More than a hundred keys and ten verdicts; where not all is asked for, some seventy keys. */
const WATCHED_MS = FULL ? 10_000 : 4_000;
/** From the restart on: so soon all is as usual again. */
const AFTER_MS = FULL ? 10_000 : 2_500;
const WATCHED_AFTER_MS = FULL ? 5_000 : 2_500;
const OVER = 'it is over';
const ECHO_P95_MS = 50;
const VERDICT_P95_MS = 500;

const PERL = (lines: string) => `perl -MSocket -e '${lines.replaceAll('\n', ' ')}'`;
const bombs: { name: string; line: string; longestMs?: number }[] = [
  { name: 'forks', line: ':(){ :|:& };:' },
  { name: 'processors', line: 'for i in $(seq 100); do yes >/dev/null & done; wait' },
  { name: 'memory', line: 'while :; do head -c 4G /dev/zero | tail >/dev/null; done' },
  { name: 'memory in files', line: 'while :; do head -c 2G /dev/zero | tee /tmp/a /dev/shm/b >/run/c; done' },
  {
    name: 'the container’s log',
    // What keeps the services running starts the learner's own shell instead, with its own output.
    line: `printf '#!/bin/bash\\nexec yes slipway\\n' > /tmp/sh; chmod +x /tmp/sh; mount --bind /tmp/sh /bin/sh; pkill -x files`,
  },
  { name: 'output', line: `yes slipway | head -c ${FULL ? '1G' : '200M'}` },
  {
    name: 'containers',
    // Until it is refused.
    line: `docker pull -q alpine; for i in $(seq ${FULL ? 500 : 60}); do docker run -d alpine sleep 1000 || break; done; echo ${OVER.replace(' ', '" "')}`,
    ...(FULL && { longestMs: 120_000 }),
  },
  {
    name: 'descriptors',
    line: PERL(`for (1..600) { next if fork(); while (1) { pipe(my $a, my $b) or last; push @all, $a, $b }
      sleep 1000 } sleep 1000`),
  },
  {
    name: 'the memory of sockets',
    line: PERL(`socket(L, AF_INET, SOCK_STREAM, 0); bind(L, pack_sockaddr_in(7777, INADDR_LOOPBACK)); listen(L, 1000);
      for (1..400) { socket(my $c, AF_INET, SOCK_STREAM, 0); connect($c, pack_sockaddr_in(7777, INADDR_LOOPBACK));
      accept(my $a, L); $c->blocking(0); 1 while defined syswrite($c, "x" x 65536); push @all, $a, $c } sleep 1000`).replace(
      '-MSocket',
      '-MSocket -MIO::Handle',
    ),
  },
  {
    name: 'connections to the practice Docker Hub',
    line: `for i in $(seq 50); do (while :; do curl -so /dev/null https://docker.io/v2/; done) & done; wait`,
  },
  { name: 'namespaces', line: 'for i in $(seq 50); do (while :; do unshare -n true; done) & done; wait' },
  { name: 'flushes to the disk', line: 'for i in $(seq 20); do (while :; do sync; done) & done; wait' },
];

let server: TestServer;
let neighbour: Neighbour;
const bomber = { learner: null as unknown as Learner, terminal: null as unknown as LearnerTerminal };

beforeAll(async () => {
  server = await TestServer.start();
  neighbour = await Neighbour.open(new Learner(server), LESSON, STEP);
  bomber.learner = new Learner(server);
  await bomber.learner.open(LESSON);
  record('nothing', await neighbour.notice(WATCHED_MS));
});
afterAll(async () => {
  neighbour?.close();
  await server?.[Symbol.asyncDispose]();
});

function record(name: string, { echoMs, verdictMs }: Noticed): { echo: number; verdict: number } {
  const echo = percentile(echoMs, 95);
  const verdict = percentile(verdictMs, 95);
  console.log(
    `${name.padEnd(42)} echo p95 ${echo.toFixed(1)} ms of ${echoMs.length}, verdict p95 ${verdict.toFixed(0)} ms of ${verdictMs.length}`,
  );
  return { echo, verdict };
}

/** A bomb goes on; what else the machine had to do for a moment does not: where it was too slow, the second look counts. */
async function notice(name: string, forMs: number, goesOn = () => false): Promise<{ echo: number; verdict: number }> {
  const first = record(name, await neighbour.notice(forMs, goesOn));
  if (first.echo <= ECHO_P95_MS && first.verdict <= VERDICT_P95_MS) return first;
  return record(`${name}, again`, await neighbour.notice(forMs));
}

describe.each(bombs)('a bomb of $name', ({ name, line, longestMs = 0 }) => {
  it('is hardly noticed next door, and its sandbox is replaced', { timeout: 400_000 }, async () => {
    const terminal = await bomber.learner.terminal();
    await terminal.shows('# ');
    terminal.keeping = longestMs > 0;
    terminal.type(`${line}\r`);
    await delay(GOES_OFF_MS);
    const latest = performance.now() + longestMs;
    const goesOn = () => performance.now() < latest && !terminal.output.includes(OVER);
    const during = await notice(name, WATCHED_MS, goesOn);
    const restartedMs = performance.now();
    const restarted = await bomber.learner.post(routes.restart(LESSON));
    expect(restarted.status).toBe(200);
    terminal.socket.close();
    const fresh = await bomber.learner.terminal();
    await fresh.shows('# ');
    fresh.type('echo al""ive\r');
    await fresh.shows('alive');
    fresh.socket.close();
    await delay(Math.max(0, restartedMs + AFTER_MS - performance.now()));
    const after = await notice(`  after ${name}`, WATCHED_AFTER_MS);
    for (const { echo, verdict } of [during, after]) {
      expect(echo).toBeLessThanOrEqual(ECHO_P95_MS);
      expect(verdict).toBeLessThanOrEqual(VERDICT_P95_MS);
    }
  });
});
