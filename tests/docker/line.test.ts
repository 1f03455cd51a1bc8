// More learners than places: everybody is told a place, keeps it through a reload, and is served in order.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { commandStep, front, TestCourse } from '../support/course.ts';
import { Learner, LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

/** `npm run soak` sets it. */
const FULL = process.env.SLIPWAY_SOAK === '1';
const LEARNERS = FULL ? 30 : 12;
const PLACES = FULL ? 6 : 4;
const SERVED_WITHIN_MS = 150_000;
const course = new TestCourse({ '01-one': `${front('One')}${commandStep('One', 'docker version')}` });
let server: TestServer;

beforeAll(async () => {
  // A computer's time is over after a second: places get free as others come.
  server = await TestServer.start({
    args: [...course.args, '--max-sandboxes', String(PLACES), '--total-minutes', '0.02', '--extensions', '0'],
  });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
});

const placeOf = ({ setup }: Session) => (setup.state === 'waiting' ? setup.place : 0);

it('serves a burst in order, and tells each the place and the wait', {
  timeout: SERVED_WITHIN_MS + 30_000,
}, async () => {
  const served: number[] = [];
  const told: number[][] = [];
  const waits: (number | null)[] = [];
  const first: number[] = [];
  const all: Promise<void>[] = [];
  let most = 0;
  for (let n = 0; n < LEARNERS; n++) {
    const learner = new Learner(server);
    const opened = (await (await learner.post(routes.open('one'))).json()) as Session;
    first.push(placeOf(opened));
    all.push(
      (async () => {
        let terminal = new LearnerTerminal(learner.socket(), null);
        if (n === LEARNERS - 1) {
          // A reload costs nobody the place.
          await until(() => terminal.session !== null, 'the first word');
          terminal.socket.close();
          terminal = new LearnerTerminal(learner.socket(), null);
        }
        await until(() => terminal.id !== '', `number ${n}`, SERVED_WITHIN_MS);
        served.push(n);
        const words = terminal.messages.flatMap((message) => (message.type === 'session' ? [message.session] : []));
        told[n] = words.map(placeOf).filter((place) => place > 0);
        for (const { setup } of words) if (setup.state === 'waiting') waits.push(setup.waitMs);
        await until(() => terminal.session?.time?.state === 'ended', `the end of number ${n}`);
        terminal.socket.close();
      })(),
    );
    most = Math.max(most, server.containers().length);
  }
  const looking = setInterval(() => {
    most = Math.max(most, server.containers().length);
  }, 500);
  await Promise.all(all).finally(() => clearInterval(looking));

  expect([...served].sort((a, b) => a - b)).toEqual(served.map((_, n) => n));
  // Those whose turn is at the same moment are seen in any order.
  for (const [turn, n] of served.entries()) expect(Math.abs(turn - n), `${served}`).toBeLessThan(4);
  // Nobody falls back, and whoever waits learns where.
  for (const places of told) expect(places).toEqual(places.toSorted((a, b) => b - a));
  expect(Math.max(...first)).toBeGreaterThan(LEARNERS / 2);
  expect(waits.some((wait) => wait !== null && wait > 0)).toBe(true);
  expect(most).toBeLessThanOrEqual(PLACES);
});
