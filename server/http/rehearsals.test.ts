// What a rehearsal refuses, and that it is one at a time, at a server whose computers are all in use.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { rehearsalViewSchema } from '../../protocol/rehearsal.ts';
import { type Asker, codeOf, MOST_SANDBOXES, TestRoom } from './test-room.ts';

let room: TestRoom;
let teacher: Asker;
let slugs: string[];

beforeAll(async () => {
  room = await TestRoom.open();
  teacher = room.teacher();
  slugs = room.lessons.all.filter(({ page, steps }) => !page && steps.length > 0).map(({ slug }) => slug);
});
afterAll(() => room[Symbol.asyncDispose]());

const viewOf = async (answer: Promise<Response>) => rehearsalViewSchema.parse(await (await answer).json());
const ask = async (ofClass: number, body: object) => codeOf(await teacher.post(routes.rehearsal(ofClass), body));

it('refuses what cannot be', async () => {
  const [first = '', second = ''] = slugs;
  const ofClass = room.class('Bounds', [first]);
  expect(await viewOf(teacher.get(routes.rehearsal(ofClass)))).toEqual({
    most: MOST_SANDBOXES,
    atWork: 0,
    elsewhere: false,
    last: null,
  });
  for (const learners of [0, -1, 1.5, 1_001, '3', null]) expect(await ask(ofClass, { learners })).toBe('bad-body');
  expect(await ask(ofClass, { learners: 1, more: 1 })).toBe('bad-body');
  expect(await ask(ofClass, { learners: MOST_SANDBOXES + 1 })).toBe('beyond-the-most');
  expect(await ask(ofClass, { learners: 1, lesson: second })).toBe('nothing-to-rehearse');
  const page = room.lessons.all.find((lesson) => lesson.page)?.slug ?? '';
  expect(await ask(room.class('To read', [page]), { learners: 1 })).toBe('nothing-to-rehearse');
  expect(await ask(999, { learners: 1 })).toBe('no-class');
  for (const who of [room.learner(ofClass, 'Anna'), room.assistant('Sam')]) {
    for (const path of [routes.rehearsal(ofClass), routes.stopRehearsal(ofClass)])
      expect(await codeOf(await who.post(path, { learners: 1 })), path).toBe('not-yours');
    expect(await codeOf(await who.get(routes.rehearsal(ofClass)))).toBe('not-yours');
  }
});

it('is not begun beside learners without another word', async () => {
  const ofClass = room.class('At work', slugs);
  const atWork = vi.spyOn(room.sessions, 'atWork', 'get').mockReturnValue(2);
  expect(await ask(ofClass, { learners: 1 })).toBe('learners-at-work');
  expect((await viewOf(teacher.get(routes.rehearsal(ofClass)))).atWork).toBe(2);
  expect(await ask(ofClass, { learners: 1, besideLearners: true })).toBe('');
  atWork.mockRestore();
  await teacher.post(routes.stopRehearsal(ofClass));
  await vi.waitUntil(async () => (await viewOf(teacher.get(routes.rehearsal(ofClass)))).last?.state === 'stopped', {
    timeout: 10_000,
  });
});

it('is one at a time, is stopped by a click, and is kept with its class and nowhere else', async () => {
  const [here, there] = [room.class('Here', slugs.slice(1)), room.class('There', slugs)];
  const before = room.store.sessions();
  const begun = await viewOf(teacher.post(routes.rehearsal(here), { learners: 3 }));
  expect(begun.last).toMatchObject({ state: 'running', lesson: slugs[1], learners: 3, inUse: 20, got: 0 });
  expect(await ask(here, { learners: 1 })).toBe('rehearsing');
  expect(await ask(there, { learners: 1 })).toBe('rehearsing');
  expect(await viewOf(teacher.get(routes.rehearsal(there)))).toMatchObject({ elsewhere: true, last: null });
  const lastOf = async (ofClass: number) => (await viewOf(teacher.get(routes.rehearsal(ofClass)))).last;
  await vi.waitUntil(async () => (await lastOf(here))?.short === 'full', { timeout: 10_000 });
  // Of a class that has none on nothing is stopped.
  await teacher.post(routes.stopRehearsal(there));
  expect((await lastOf(here))?.state).toBe('running');
  expect(room.store.sessions()).toEqual(before);

  await teacher.post(routes.stopRehearsal(here));
  await vi.waitUntil(async () => (await lastOf(here))?.state === 'stopped', { timeout: 10_000 });
  const last = await lastOf(here);
  expect(last).toMatchObject({ stoppedFor: 'teacher', got: 0, judgement: null, short: 'full' });
  expect(room.store.sessions()).toEqual(before);
  expect(room.store.classes.rehearsal(here)).toEqual(last);
});

it('says that nobody fits where all computers stay in use', { timeout: 40_000 }, async () => {
  const ofClass = room.class('Full', slugs);
  await viewOf(teacher.post(routes.rehearsal(ofClass), { learners: 2 }));
  const lastOf = async () => (await viewOf(teacher.get(routes.rehearsal(ofClass)))).last;
  await vi.waitUntil(async () => (await lastOf())?.state === 'done', { timeout: 30_000, interval: 200 });
  expect(await lastOf()).toMatchObject({
    got: 0,
    short: 'full',
    steps: { tried: 0, passed: 0 },
    judgement: { fits: 'no', most: 0, reasons: ['computers'] },
  });
});

it('stops when a learner waits for a computer', async () => {
  const ofClass = room.class('Needed', slugs);
  await viewOf(teacher.post(routes.rehearsal(ofClass), { learners: 2 }));
  const { session } = room.sessions.create();
  await session.open(room.lessons.get(slugs[0] ?? ''));
  await vi.waitUntil(async () => (await viewOf(teacher.get(routes.rehearsal(ofClass)))).last?.state === 'stopped', {
    timeout: 10_000,
  });
  expect((await viewOf(teacher.get(routes.rehearsal(ofClass)))).last?.stoppedFor).toBe('learner');
  room.sessions.drop(session);
});

it('was broken off where the server ended in the middle, and leaves no file', async () => {
  const ofClass = room.class('Killed', slugs);
  const { last } = await viewOf(teacher.post(routes.rehearsal(ofClass), { learners: 2 }));
  expect(existsSync(join(room.dir, 'rehearsal.db'))).toBe(true);
  await room.room.rehearsals.close();
  expect(readdirSync(room.dir).filter((name) => name.startsWith('rehearsal'))).toEqual([]);
  expect(room.store.classes.rehearsal(ofClass)).toMatchObject({ state: 'running' });
  const view = await viewOf(teacher.get(routes.rehearsal(ofClass)));
  expect(view.last).toMatchObject({ state: 'broken-off', startedMs: last?.startedMs, judgement: null });
});
