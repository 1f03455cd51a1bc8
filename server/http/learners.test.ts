// The learners of a class over HTTP: each route for whom it is, and a lesson that is not open yet.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { type ClassLearner, classLearnerSchema, listedSchema, MAX_LISTED_NAMES } from '../../protocol/learners.ts';
import { type Asker, codeOf, TestRoom } from './test-room.ts';

let room: TestRoom;
let teacher: Asker;
let slugs: string[];

beforeAll(async () => {
  room = await TestRoom.open();
  teacher = room.teacher();
  slugs = room.lessons.all.slice(0, 2).map(({ slug }) => slug);
});
afterAll(() => room[Symbol.asyncDispose]());

const learnersOf = async (id: number) =>
  classLearnerSchema.array().parse(await (await teacher.get(routes.learners(id))).json());

describe('a list of names', () => {
  it('may be as long as a class, in letters of four bytes; a longer one is refused', async () => {
    const id = room.class('Long', slugs);
    const names = Array.from({ length: MAX_LISTED_NAMES }, (_, index) => `${'𝒜'.repeat(25)} ${index}`);
    const answer = await teacher.post(routes.learners(id), { names });
    expect(listedSchema.parse(await answer.json()).added).toHaveLength(MAX_LISTED_NAMES);
    expect(await learnersOf(id)).toHaveLength(MAX_LISTED_NAMES);
    for (const bad of [
      { names: [] },
      { names: [...names, 'One more'] },
      { names: ['x'.repeat(601)] },
      { names: 'Anna' },
    ])
      expect(await codeOf(await teacher.post(routes.learners(id), bad))).toBe('bad-body');
  });

  it('keeps hostile names as text', async () => {
    const id = room.class('Hostile', slugs);
    const names = ['<img src=x onerror=alert(1)>', '=cmd|calc', "'; DROP TABLE people; --"];
    await teacher.post(routes.learners(id), { names });
    expect((await learnersOf(id)).map(({ name }) => name)).toEqual(names);
  });
});

it('no learner and no assistant changes who is in a class; a teacher does', async () => {
  const id = room.class('Roles', slugs);
  const anna = room.learner(id, 'Anna');
  const assistant = room.assistant('Sam');
  const [{ id: person }] = (await learnersOf(id)) as [ClassLearner];
  const routesOfTeachers: [string, object][] = [
    [routes.learners(id), { names: ['Bea'] }],
    [routes.learner(id, person), { name: 'Hannah' }],
    [routes.returnLink(id, person), {}],
    [routes.removeLearner(id, person), {}],
  ];
  for (const [path, body] of routesOfTeachers)
    for (const asks of [anna, assistant]) expect(await codeOf(await asks.post(path, body)), path).toBe('not-yours');
  expect(await codeOf(await anna.get(routes.learners(id)))).toBe('not-yours');
  expect((await assistant.get(routes.learners(id))).status).toBe(200);
  expect((await learnersOf(id)).map(({ name }) => name)).toEqual(['Anna']);
  for (const [path, body] of routesOfTeachers) expect((await teacher.post(path, body)).status, path).toBe(200);
  expect((await learnersOf(id)).map(({ name }) => name)).toEqual(['Bea']);
  expect(await codeOf(await anna.get(routes.session))).toBe('who-are-you');
});

it('a lesson that the teacher has not opened is refused, and opens without a word of the learner', async () => {
  const id = room.class('Paced', slugs);
  const anna = room.learner(id, 'Anna');
  const [first = '', second = ''] = slugs;
  await teacher.post(routes.class(id), { pace: 'teacher', opened: [first] });
  const answers = [
    anna.get(routes.lesson(second)),
    anna.post(routes.open(second)),
    anna.post(routes.restart(second)),
    anna.get(routes.done(second)),
  ];
  room.begun(anna);
  for (const answer of await Promise.all(answers))
    expect(['not-open-yet', 'no-session']).toContain(await codeOf(answer));
  expect(await codeOf(await anna.get(routes.lesson(first)))).toBe('');
  expect(await (await anna.get(routes.lessons)).json()).toMatchObject([
    { slug: first },
    { slug: second, notOpenYet: true },
  ]);
  expect(await (await teacher.get(routes.lessons)).json()).not.toMatchObject([{}, { notOpenYet: true }]);
  await teacher.post(routes.class(id), { opened: slugs });
  expect(await codeOf(await anna.get(routes.lesson(second)))).toBe('');
});
