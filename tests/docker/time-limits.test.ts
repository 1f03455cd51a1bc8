// A computer whose time ends: the learner is warned, can keep it, and comes back to a fresh one at the same step.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Session } from '../../protocol/session.ts';
import { commandStep, front, TestCourse } from '../support/course.ts';
import { Learner, type LearnerTerminal, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const course = new TestCourse({
  '01-two': `${front('Two')}${commandStep('One', 'docker version')}${commandStep('Two', 'docker info')}`,
});

let server: TestServer;
afterAll(() => course[Symbol.dispose]());

const ending = (session: Session) => session.time?.state === 'ending';
const ended = (session: Session) => session.time?.state === 'ended';

async function begin(): Promise<{ learner: Learner; terminal: LearnerTerminal }> {
  const learner = new Learner(server);
  await learner.open('two');
  return { learner, terminal: await learner.terminal() };
}

describe('a computer that nobody uses', () => {
  beforeAll(async () => {
    server = await TestServer.start({ args: [...course.args, '--idle-minutes', '0.15'] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('is kept by a key, put away without one, and followed by a fresh one at the same step', async () => {
    const { learner, terminal } = await begin();
    terminal.type('docker version\r');
    await terminal.sees(({ progress }) => progress.two?.marks.one === 'passed', 'the first step to pass');
    await terminal.sees(ending, 'the warning');
    expect((await learner.session()).time).toMatchObject({ why: 'idle', extendable: true });
    const warned = terminal.messages.length;
    terminal.type('x');
    await until(
      () => terminal.messages.slice(warned).some((one) => one.type === 'session' && one.session.time === null),
      'the warning to go',
    );
    await terminal.sees(ended, 'the end');
    await until(async () => server.containers().length === 0, 'the sandbox to go');

    await learner.open('two');
    const after = await learner.session();
    expect(after.time).toBe(null);
    expect(after.progress.two).toMatchObject({ marks: { one: 'passed' }, current: 'two' });
    const again = await learner.terminal();
    await again.shows('history -r');
    again.type('\x1b[A');
    await again.shows('docker version');
    again.type('\x15docker info\r');
    await again.sees(({ progress }) => progress.two?.marks.two === 'passed', 'the second step to pass');
    again.socket.close();
    terminal.socket.close();
  });

  it('is put away while no page is open, also after the server was killed', async () => {
    const { learner, terminal } = await begin();
    terminal.socket.close();
    await server.end('SIGKILL');
    await server.start();
    await until(async () => ended(await learner.session()), 'the end');
  });
});

describe('a computer that is kept too long', () => {
  beforeAll(async () => {
    server = await TestServer.start({
      args: [...course.args, '--total-minutes', '0.1', '--extensions', '1'],
    });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('can be kept longer as often as the settings say, and no page of another does it', async () => {
    const { learner, terminal } = await begin();
    expect((await new Learner(server).post(routes.extend)).status).toBe(404);
    const early = (await (await learner.post(routes.extend)).json()) as Session;
    expect(early.time).toBe(null);
    await terminal.sees(ending, 'the warning');
    expect((await learner.session()).time).toMatchObject({ why: 'total', extendable: true });
    terminal.type('x');
    const kept = await learner.post(routes.extend);
    expect([kept.status, ((await kept.json()) as Session).time]).toEqual([200, null]);
    terminal.socket.close();
  });
});
