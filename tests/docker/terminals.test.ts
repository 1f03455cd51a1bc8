// Several terminals on one computer: each its own shell, found again by whoever comes back, closed and bounded.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { MAX_TERMINALS } from '../../protocol/limits.ts';
import { closeCodes } from '../../protocol/socket.ts';
import { Learner, LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'run-your-own-registry';
/** `npm run soak` sets it: then 200 terminals. */
const LEARNERS = process.env.SLIPWAY_SOAK === '1' ? 25 : 3;
const CLASS = 60;
/** One is begun every two seconds where the processors are busy. */
const ALL_MADE_MS = 60_000 + 5_000 * LEARNERS;
let server: TestServer;
let learner: Learner;

beforeAll(async () => {
  server = await TestServer.start({ args: ['--max-sandboxes', String(LEARNERS)] });
  learner = new Learner(server);
  await learner.open(LESSON);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

const open = async (): Promise<number> => {
  const answer = await learner.post(routes.terminals);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { terminal: number }).terminal;
};
const close = (terminal: number) => learner.post(routes.closeTerminal(terminal));
const openOnes = async () => (await learner.session()).terminals;

it('each has a shell of its own, with its own output, and all are found again after the server was killed', async () => {
  const first = await learner.terminal();
  const number = await open();
  expect(number).toBe(1);
  const second = await learner.terminal(null, number);
  first.type('here=first; tty\r');
  second.type('here=second; tty\r');
  await first.shows('/dev/pts/');
  await second.shows('/dev/pts/');
  expect(second.id).not.toBe(first.id);
  await server.end('SIGKILL');
  await server.start();
  expect(await openOnes()).toEqual([0, 1]);
  const again = await learner.terminal({ id: second.id, from: second.next }, number);
  expect([again.id, again.missed]).toEqual([second.id, 0]);
  again.type('echo still $here\r');
  await again.shows('still second');
  const other = await learner.terminal({ id: first.id, from: first.next });
  other.type('echo still $here\r');
  await other.shows('still first');
  for (const terminal of [again, other]) terminal.socket.terminate();
});

it('the checks see what is done in any of them', async () => {
  const number = await open();
  const terminal = await learner.terminal(null, number);
  terminal.type('docker run -d -p 5000:5000 --name registry registry:2\r');
  await terminal.sees(
    (session) => Object.values(session.progress[LESSON]?.marks ?? {}).includes('passed'),
    'the step to pass',
  );
  await close(number);
});

it('one whose shell exits is gone, and one that is closed takes its programs with it', async () => {
  const [leaving, closed] = [await open(), await open()];
  const terminal = await learner.terminal(null, leaving);
  terminal.type('echo last words; exit\r');
  await until(() => terminal.closeCode === closeCodes.noTerminal, 'its end');
  expect(terminal.output).toContain('last words');
  const other = await learner.terminal(null, closed);
  other.type('sleep 4321\r');
  await other.shows('sleep');
  const first = await learner.terminal();
  const sleepers = async (n: number) => {
    first.output = '';
    first.type('echo $(pgrep -c -x sleep) left\r');
    await first.shows(/\d left\r/);
    return first.output.includes(`${n} left`);
  };
  await until(() => sleepers(1), 'its program');
  expect((await close(closed)).status).toBe(200);
  await until(() => other.closeCode === closeCodes.noTerminal, 'its end');
  await until(() => sleepers(0), 'its program to end');
  expect(await openOnes()).not.toContain(closed);
  expect(await openOnes()).not.toContain(leaving);
  // The first one stays, whoever wants it gone.
  await close(0);
  first.type('echo al""ive\r');
  await first.shows('alive');
  first.socket.terminate();
});

it(`there are ${MAX_TERMINALS} at most, and none where nobody opened one`, async () => {
  while ((await openOnes()).length < MAX_TERMINALS) await open();
  const refused = await learner.post(routes.terminals);
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ error: { code: 'too-many-terminals' } });
  await close(7);
  expect(await open()).toBe(7);
  for (const number of [8, -1, 1.5, 'x']) {
    const socket = learner.socket({ terminal: number });
    let code = 0;
    socket.on('close', (why) => (code = why));
    await until(() => code === closeCodes.noTerminal, `the refusal of ${number}`);
  }
  for (const number of (await openOnes()).filter((one) => one !== 0)) await close(number);
  expect(await openOnes()).toEqual([0]);
});

it(`${LEARNERS * MAX_TERMINALS} terminals of ${LEARNERS} learners are used at once, and each shows its own`, {
  timeout: 600_000,
}, async () => {
  const others = [learner];
  while (others.length < LEARNERS) others.push(new Learner(server));
  await Promise.all(
    others.map(async (one) => {
      await one.post(routes.open(LESSON));
      // As a page does: the place in line of one who is not there is given up after a while.
      const page = new LearnerTerminal(one.socket(), null);
      await until(() => page.session?.setup.state === 'ready', 'a computer', ALL_MADE_MS);
      page.socket.terminate();
    }),
  );
  const terminals = await Promise.all(
    others.map(async (one) => {
      while ((await one.session()).terminals.length < MAX_TERMINALS) await one.post(routes.terminals);
      const numbers = (await one.session()).terminals;
      return Promise.all(numbers.map((number) => one.terminal(null, number)));
    }),
  );
  const all = terminals.flat();
  expect(all).toHaveLength(LEARNERS * MAX_TERMINALS);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const [n, terminal] of all.entries()) terminal.type(`seq -f "${n} line %g" 300; echo end of ${n}""-\r`);
  for (const [n, terminal] of all.entries()) {
    await terminal.shows(`end of ${n}-`);
    const lines = [...terminal.output.matchAll(/(\d+) line (\d+)\r\n/g)];
    expect(lines.map(([, whose, line]) => `${whose} ${line}`)).toEqual(
      Array.from({ length: 300 }, (_, line) => `${n} ${line + 1}`),
    );
    terminal.socket.terminate();
  }
});

it(`a class of ${CLASS} behind one address meets no limit`, async () => {
  const pupils = Array.from({ length: CLASS }, () => new Learner(server));
  const answers = await Promise.all(pupils.map((pupil) => pupil.post(routes.open(LESSON))));
  expect(answers.map(({ status }) => status)).toEqual(new Array(CLASS).fill(200));
  const sockets = pupils.map((pupil) => pupil.socket());
  await until(() => sockets.every(({ readyState }) => readyState === sockets[0]?.OPEN), 'all pages to be connected');
  for (const socket of sockets) socket.terminate();
});
