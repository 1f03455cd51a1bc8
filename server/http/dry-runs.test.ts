// A dry run: the class as a learner has it, in nobody's sight, and gone from the database's files when it ends.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { meSchema } from '../../protocol/classroom.ts';
import { routes } from '../../protocol/http.ts';
import type { LessonSummary } from '../../protocol/lesson.ts';
import { type Asker, codeOf, TestRoom } from './test-room.ts';

let room: TestRoom;
let teacher: Asker;
let slugs: string[];

beforeAll(async () => {
  room = await TestRoom.open();
  teacher = room.teacher();
  slugs = room.lessons.all
    .slice(0, 3)
    .map(({ slug }) => slug)
    .reverse();
});
afterAll(() => room[Symbol.asyncDispose]());

const lessonsOf = async (asks: Asker) =>
  ((await (await asks.get(routes.lessons)).json()) as LessonSummary[]).map(({ slug, notOpenYet = false }) => [
    slug,
    notOpenYet,
  ]);
const meOf = async (answer: Promise<Response>) => meSchema.parse(await (await answer).json());
const sessionOf = (asks: Asker) => room.room.people.identify(asks.login, false)?.person.session ?? null;

it('shows the class as its learners have it, to nobody else, and leaves no trace', async () => {
  const ofClass = room.class('Dry', slugs);
  room.room.classes.change(ofClass, { pace: 'teacher', opened: [slugs[1] ?? ''] });
  const learner = room.learner(ofClass, 'Anna');
  const own = room.begun(teacher);
  const all = await lessonsOf(teacher);

  expect(await meOf(teacher.post(routes.dryRun(ofClass)))).toMatchObject({
    role: 'teacher',
    class: null,
    dryRun: { id: ofClass, name: 'Dry' },
  });
  expect(await lessonsOf(teacher)).toEqual(await lessonsOf(learner));
  expect(await codeOf(await teacher.post(routes.open(slugs[0] ?? '')))).toBe('not-open-yet');
  expect(await codeOf(await teacher.get(routes.lesson(room.lessons.all[5]?.slug ?? '')))).toBe('unknown-lesson');
  // What was tried before is not in it.
  expect(sessionOf(teacher)).toBeNull();
  expect((await teacher.get(routes.class(ofClass))).status).toBe(200);

  const run = room.begun(teacher);
  room.store.setMark(run, slugs[1] ?? '', 'a-step', 'passed', 1);
  room.store.addJournal(run, 'command', { line: 'a-command-of-the-dry-run' });
  const inClass = (await (await teacher.get(routes.learners(ofClass))).json()) as { name: string }[];
  expect(inClass.map(({ name }) => name)).toEqual(['Anna']);
  expect(room.store.completions.count(null)).toMatchObject({ waiting: 0, delivered: 0 });

  const ended = await Promise.all([1, 2, 3].map(() => meOf(teacher.post(routes.endDryRun))));
  expect(ended.map(({ dryRun }) => dryRun)).toEqual([null, null, null]);
  expect(sessionOf(teacher)).toBe(own);
  expect(await lessonsOf(teacher)).toEqual(all);
  expect(room.store.sessions().map(({ id }) => id)).not.toContain(run);
  for (const end of ['', '-wal'])
    expect(readFileSync(room.file + end).includes('a-command-of-the-dry-run'), end).toBe(false);
});

it('ends when another begins, and is for teachers and assistants, each their own', async () => {
  const [first, second] = [room.class('First', slugs.slice(0, 1)), room.class('Second', slugs.slice(1))];
  const assistant = room.assistant('Sam');
  await teacher.post(routes.dryRun(first));
  const run = room.begun(teacher);
  expect((await meOf(assistant.post(routes.dryRun(second)))).dryRun?.id).toBe(second);
  expect((await meOf(teacher.post(routes.dryRun(second)))).dryRun?.id).toBe(second);
  expect(room.store.sessions().map(({ id }) => id)).not.toContain(run);
  await teacher.post(routes.endDryRun);
  expect(await lessonsOf(assistant)).toHaveLength(2);

  const learner = room.learner(first, 'Bea');
  for (const path of [routes.dryRun(first), routes.endDryRun]) {
    expect(await codeOf(await learner.post(path)), path).toBe('not-yours');
    for (const bad of [{ more: 1 }, { x: 'y'.repeat(10_000) }])
      expect((await teacher.post(path, bad)).status, path).toBeGreaterThanOrEqual(400);
  }
  for (const none of [999, -1, Number.NaN])
    expect(await codeOf(await teacher.post(routes.dryRun(none)))).toBe('no-class');
});
