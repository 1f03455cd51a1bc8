// A rehearsal with real headless learners: what it answers, that it leaves nothing, and that learners come first.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { type Rehearsal, rehearsalViewSchema } from '../../protocol/rehearsal.ts';
import { openReadOnly } from '../../server/store/database.ts';
import { Classroom, say } from '../support/classroom.ts';
import { commandStep, front, TestCourse } from '../support/course.ts';
import { until } from '../support/learner.ts';
import { WallPage } from '../support/wall-page.ts';

const LEARNERS = 3;
const MOST = 4;
const DONE_MS = 120_000;
const course = new TestCourse({
  '01-two-steps': `${front('Two steps')}Do.\n\n${commandStep('One', 'docker version')}${commandStep('Two', 'echo two')}`,
});
let room: Classroom;

beforeAll(async () => {
  room = await Classroom.open(['two-steps'], ['--max-sandboxes', String(MOST), ...course.args], 1);
}, 600_000);
afterAll(async () => {
  await room?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
});

const path = () => routes.rehearsal(room.class.id);
const view = async () => rehearsalViewSchema.parse(await (await room.teacher.get(path())).json());
const begin = async (more: object = {}) => {
  const answer = await room.teacher.post(path(), say({ learners: LEARNERS, ...more }));
  return (await answer.json()) as { error?: { code: string } };
};
const reached = async (what: (rehearsal: Rehearsal) => boolean, named: string) => {
  let last: Rehearsal | null = null;
  const isSo = async () => {
    last = (await view()).last;
    return last !== null && what(last);
  };
  await until(isSo, named, DONE_MS).catch((error) => {
    throw new Error(`${error.message}: ${JSON.stringify(last)}`);
  });
  return last as unknown as Rehearsal;
};
const stop = () => room.teacher.post(routes.stopRehearsal(room.class.id));
/** What is in the records of anybody. */
function kept(): Record<string, number> {
  using database = openReadOnly(join(room.server.dataDir, 'slipway.db'));
  const tables = ['sessions', 'marks', 'journal', 'commands', 'evaluations', 'step_times', 'completions', 'people'];
  return Object.fromEntries(
    tables.map((table) => [table, Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n)]),
  );
}
/** The computers of nobody but whoever has `learners`, and at most one in stock. */
const nothingIsLeft = (learners: number) =>
  until(() => room.server.containers().length <= learners + 1, 'the computers to go', DONE_MS);

it('gives each a computer, has the verdicts, and leaves nothing', { timeout: 2 * DONE_MS }, async () => {
  const before = kept();
  using wall = await WallPage.open(room.teacher, room.class.id);
  expect(await begin()).not.toHaveProperty('error');
  const done = await reached(({ state }) => state !== 'running', 'the end');
  expect(done).toMatchObject({
    state: 'done',
    lesson: 'two-steps',
    learners: LEARNERS,
    inUse: 0,
    got: LEARNERS,
    short: null,
    lost: 0,
    commands: { tried: 2 * LEARNERS, succeeded: 2 * LEARNERS },
    steps: { tried: 2 * LEARNERS, passed: 2 * LEARNERS },
    judgement: { most: null },
  });
  const { waitMs, verdictMs, lowest, before: free } = done;
  expect(waitMs?.first).toBeGreaterThan(0);
  expect(waitMs?.last).toBeGreaterThanOrEqual(waitMs?.median ?? Number.NaN);
  expect(verdictMs?.p95).toBeGreaterThanOrEqual(verdictMs?.p50 ?? Number.NaN);
  expect(lowest.memoryBytes).toBeLessThanOrEqual(free.memoryBytes ?? 0);
  expect(lowest.diskBytes).toBeGreaterThan(0);
  expect(['yes', 'tight']).toContain(done.judgement?.fits);

  await nothingIsLeft(0);
  expect(kept()).toEqual(before);
  expect([...wall.learners.values()]).toEqual([]);
  expect(await (await room.teacher.get(routes.learners(room.class.id))).json()).toEqual([]);
});

it('is stopped in the middle', { timeout: 2 * DONE_MS }, async () => {
  await begin();
  await reached(({ got }) => got > 0, 'the first computer');
  await stop();
  const stopped = await reached(({ state }) => state !== 'running', 'its end');
  expect(stopped).toMatchObject({ state: 'stopped', stoppedFor: 'teacher', judgement: null });
  await nothingIsLeft(0);
});

it('leaves learners at work alone, gives way, and is broken off with the server', {
  timeout: 4 * DONE_MS,
}, async () => {
  const { learner } = await room.joined('Anna');
  await learner.open('two-steps');
  const terminal = await learner.terminal();
  await terminal.shows('# ');
  expect((await begin()).error?.code).toBe('learners-at-work');
  expect((await view()).atWork).toBe(1);

  // All places are taken when somebody else comes.
  expect(await begin({ besideLearners: true })).not.toHaveProperty('error');
  await reached(({ got }) => got === LEARNERS, 'all computers');
  const other = (await room.joined('Bea')).learner;
  await other.post(routes.open('two-steps'));
  const waiting = await other.terminal();
  const gaveWay = await reached(({ state }) => state !== 'running', 'it to give way');
  expect(gaveWay).toMatchObject({ state: 'stopped', stoppedFor: 'learner', inUse: 1 });
  await waiting.shows('# ');
  terminal.type('echo still-h""ere\r');
  await terminal.shows('still-here');

  await begin({ learners: 2, besideLearners: true });
  await reached(({ got }) => got > 0, 'a computer');
  await room.server.end('SIGKILL');
  await room.server.start();
  expect((await view()).last).toMatchObject({ state: 'broken-off', learners: 2, judgement: null });
  await nothingIsLeft(2);
  expect(kept()).toMatchObject({ sessions: 2, people: 3 });
});
