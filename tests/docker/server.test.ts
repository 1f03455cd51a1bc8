// The running server: sessions, limits, restart after SIGKILL, and the terminal's replay, without a browser.

import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { Stock } from '../bench/stock.ts';
import { broughtTo } from '../support/brought.ts';
import { Learner, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const LESSON = 'run-your-own-registry';
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ args: ['--max-sandboxes', '3'], stock: 1 });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

describe('sessions', () => {
  it('makes no sandbox for 500 loads of the page without a cookie', async () => {
    const before = server.containers().length;
    const loader = new Learner(server);
    for (let i = 0; i < 500; i += 25) {
      const answers = await Promise.all(
        Array.from({ length: 25 }, () => loader.get(i % 50 === 0 ? '/' : `/lessons/${LESSON}`)),
      );
      for (const answer of answers) {
        expect(answer.status).toBe(200);
        expect(answer.headers.getSetCookie()).toEqual([]);
        await answer.arrayBuffer();
      }
    }
    expect(server.containers().length).toBe(before);
  });

  it('keeps one sandbox through 500 reloads with a cookie, and says when all are in use', async () => {
    const learner = new Learner(server);
    await learner.open(LESSON);
    await until(() => server.containers().length === 2, 'the stock');
    for (let i = 0; i < 500; i += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => learner.post(routes.open(LESSON))));
      for (const answer of answers) expect(answer.status, await answer.text()).toBe(200);
    }
    expect(server.containers().length).toBe(2);
    // They start with more of the processors than they keep; the second may be on its way yet.
    const limits = () =>
      String(execFileSync('docker', ['inspect', '-f', '{{.HostConfig.CpuQuota}}', ...server.containers()]));
    await until(() => limits() === '100000\n100000\n', 'the usual share of the processors');
    const others = [new Learner(server), new Learner(server)];
    for (const other of others) await other.open(LESSON);
    const late = new Learner(server);
    const answer = await late.post(routes.open(LESSON));
    expect(await answer.json()).toMatchObject({ lesson: LESSON, setup: { state: 'waiting', place: 1, waitMs: null } });
    await until(async () => JSON.stringify((await late.session()).setup).includes('"full"'), 'the reason');
    expect(server.containers().length).toBe(3);
    // A fresh sandbox in the place of the old one is nobody else's.
    const restarted = await learner.post(routes.restart(LESSON));
    expect(await restarted.json()).toMatchObject({ setup: { state: 'running' } });
    expect((await late.session()).setup).toMatchObject({ state: 'waiting', place: 1 });
    expect(server.containers().length).toBe(3);
  });
});

describe('the document of a lesson', () => {
  it('brings what the routes tell of lesson and learner', async () => {
    const learner = new Learner(server);
    const brought = await broughtTo(learner, LESSON);
    expect(brought?.lesson).toEqual(await (await learner.get(routes.lesson(LESSON))).json());
    expect(brought).toMatchObject({ languages: ['en'], session: null });
    await using own = await TestServer.start();
    const there = new Learner(own);
    await there.open(LESSON);
    const step = brought?.lesson.steps[0]?.id ?? '';
    await there.post(routes.skipStep(LESSON, step));
    const { progress } = await there.session();
    expect(progress[LESSON]?.marks).toEqual({ [step]: 'skipped' });
    expect((await broughtTo(there, LESSON))?.session).toMatchObject({ lesson: LESSON, progress });
  });
});

describe('a server that is killed and started again', () => {
  it('finds sandbox, shell, progress and the very next byte as they were', async () => {
    await using own = await TestServer.start();
    const learner = new Learner(own);
    await learner.open(LESSON);
    const terminal = await learner.terminal();
    terminal.type('docker run -d -p 5000:5000 --name registry registry:2\r');
    await terminal.sees(
      (session) => Object.values(session.progress[LESSON]?.marks ?? {}).includes('passed'),
      'the first step to pass',
    );
    terminal.type('secret=42; (sleep 1; echo while a"way") & disown\r');
    await terminal.shows('disown');
    const container = own.containers();
    await own.end('SIGKILL');
    await own.start();
    expect(own.said).toContain("1 learner's computer is as before");
    const again = await learner.terminal({ id: terminal.id, from: terminal.next });
    expect(again.id).toBe(terminal.id);
    expect(again.missed).toBe(0);
    await again.shows('while away');
    again.type('echo still $secret\r');
    await again.shows('still 42');
    expect((await learner.session()).progress[LESSON]).toEqual(terminal.session?.progress[LESSON]);
    expect(own.containers()).toEqual(expect.arrayContaining(container.slice(-1)));
    // And it still judges.
    again.type('docker ps\r');
    await again.sees((session) => session.progress[LESSON]?.checked.length === 2, "the second step's checks to pass");
  });

  it('judges what was done while no server ran', async () => {
    await using own = await TestServer.start();
    const learner = new Learner(own);
    await learner.open(LESSON);
    const terminal = await learner.terminal();
    terminal.type('docker pull registry:2\r');
    await terminal.shows('docker.io/library/registry:2');
    terminal.type('sleep 2; docker run -d -p 5000:5000 --name registry registry:2\r');
    await terminal.shows('sleep 2');
    await own.end('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await own.start();
    await until(
      async () => Object.values((await learner.session()).progress[LESSON]?.marks ?? {}).includes('passed'),
      'the step to pass',
    );
  });

  it('on Ctrl-C ends within 3 s, removes what nobody claimed and keeps the rest', async () => {
    await using own = await TestServer.start({ stock: 1 });
    const learner = new Learner(own);
    await learner.open(LESSON);
    // Not in the middle of making it.
    await new Stock(own).complete(2);
    const began = Date.now();
    expect(await own.end('SIGINT')).toBe(0);
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(own.containers().length).toBe(1);
  });

  it('on Ctrl-C gives the answer that is on its way', async () => {
    await using own = await TestServer.start();
    const learner = new Learner(own);
    const opening = learner.post(routes.open(LESSON));
    await until(() => own.containers().length === 1, 'a computer in the making');
    const ended = own.end('SIGINT');
    expect((await opening).status).toBe(200);
    expect(await ended).toBe(0);
    // The computer in the making was the learner's by then, or is undone.
    expect(own.containers().length).toBeLessThanOrEqual(1);
    await own.start();
    expect((await learner.session()).lesson).toBe(LESSON);
    await learner.open(LESSON);
    expect(own.containers().length).toBe(1);
  });
});

describe('the terminal', () => {
  it('stops the program when a page does not acknowledge, and the server does not grow', async () => {
    await using own = await TestServer.start();
    const learner = new Learner(own);
    await learner.open(LESSON);
    const terminal = await learner.terminal();
    await terminal.shows('#');
    terminal.acknowledging = false;
    const before = rssMb(own.pid);
    terminal.type(`yes ${'x'.repeat(200)}\r`);
    await until(() => terminal.next > 300_000, 'the window to fill');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const stalled = terminal.next;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(terminal.next).toBe(stalled);
    expect(rssMb(own.pid) - before).toBeLessThan(20);
    terminal.acknowledging = true;
    terminal.send({ type: 'ack', bytes: stalled });
    terminal.type('\x03');
    terminal.type('echo al""ive\r');
    await terminal.shows('alive');
  });
});

function rssMb(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
