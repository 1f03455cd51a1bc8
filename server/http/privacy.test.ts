// What is kept of a learner: they get all of it, and when it is erased its bytes are gone from the files.

import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { type Asker, codeOf, TestRoom } from './test-room.ts';

let room: TestRoom;
let slugs: string[];

beforeAll(async () => {
  room = await TestRoom.open();
  slugs = room.lessons.all
    .filter(({ steps }) => steps.length > 0)
    .slice(0, 1)
    .map(({ slug }) => slug);
});
afterAll(() => room[Symbol.asyncDispose]());

/** In the database or in the files beside it. */
function stands(text: string): boolean {
  return ['', '-wal', '-shm'].some(
    (end) => existsSync(room.file + end) && readFileSync(room.file + end).includes(text),
  );
}

/** Leaves words of theirs in every place; `word` is in each. */
function work(asker: Asker, word: string): void {
  const session = room.begun(asker);
  const [slug = ''] = slugs;
  const step = room.lessons.get(slug).steps[0]?.id ?? '';
  // As large as recorded output may be: such a row takes pages of its own.
  const evidence = { atMs: 1, verdict: 'fail', output: `${word}-evidence `.repeat(1000) };
  room.store.evidence.add(session, slug, step, 'fail', evidence);
  room.store.addJournal(session, 'command', { line: `${word}-journal` });
  room.store.commands.add(session, { line: `${word}-command`, exitCode: 0, startedMs: 1, endedMs: 2 });
  room.store.setHistory(session, `${word}-history`);
  room.store.evidence.addReport({ session, lesson: slug, step, atMs: 1, note: `${word}-report`, evidence: null });
  room.store.quizTries.add(session, { lesson: slug, step, quiz: 0, answer: `${word}-answer`, right: false, atMs: 1 });
}
const PLACES = ['evidence', 'journal', 'command', 'history', 'report', 'answer'];

it('every table of the database is somebody’s, or known to be nobody’s', () => {
  const named = room.store.personal.tables().map(({ table }) => table);
  for (const table of [
    'evaluations',
    'journal',
    'logins',
    'marks',
    'people',
    'quiz_tries',
    'reports',
    'sessions',
    'step_times',
  ])
    expect(named).toContain(table);
  expect(named).not.toContain('classes');
});

describe('a learner', () => {
  it('gets all that is kept of them, nothing of others, and no secret', async () => {
    const id = room.class('Export', slugs);
    const [anna, bea] = [room.learner(id, 'Anna'), room.learner(id, 'Bea')];
    work(anna, 'annas');
    work(bea, 'beas');
    const answer = await anna.get(routes.export);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const text = await answer.text();
    for (const place of PLACES) expect(text).toContain(`annas-${place}`);
    expect(JSON.parse(text).people).toMatchObject([{ name: 'Anna' }]);
    expect(text).not.toContain('beas-');
    expect(text).not.toContain('Bea');
    expect(JSON.parse(text).logins[0]).not.toHaveProperty('id');
  });

  it('is erased to the last byte, and others stay', async () => {
    const id = room.class('Erasure', slugs);
    const [cem, dora] = [room.learner(id, 'Cemxyzname'), room.learner(id, 'Doraxyzname')];
    work(cem, 'cemsown');
    work(dora, 'dorasown');
    for (const place of PLACES) expect(stands(`cemsown-${place}`), place).toBe(true);
    expect(stands('Cemxyzname')).toBe(true);
    expect((await cem.post(routes.erase)).status).toBe(200);
    expect(await codeOf(await cem.get(routes.record))).toBe('who-are-you');
    expect(stands('Cemxyzname')).toBe(false);
    for (const place of PLACES) expect(stands(`cemsown-${place}`), place).toBe(false);
    for (const place of PLACES) expect(stands(`dorasown-${place}`), place).toBe(true);
    expect((await dora.get(routes.record)).status).toBe(200);
  });

  it('who does not come for longer than is kept is erased; one who did is not', async () => {
    const id = room.class('Old', slugs);
    const [ede, fay] = [room.learner(id, 'Ede'), room.learner(id, 'Fay')];
    work(ede, 'edesown');
    const away = room.room.people.identify(ede.login, false)?.person.id ?? '';
    room.store.people.update(away, { seenMs: Date.now() - 31 * 24 * 3600_000 });
    expect(await room.room.learners.forgetOld(30)).toBe(1);
    expect(stands('edesown')).toBe(false);
    expect((await fay.get(routes.record)).status).toBe(200);
    expect(await (await fay.get(routes.privacy)).json()).toEqual({ retentionDays: 30, completionsTo: null });
  });
});

it('a teacher who tried lessons leaves no trace of that, and stays', async () => {
  const teacher = room.teacher();
  work(teacher, 'teachersown');
  expect((await teacher.post(routes.erase)).status).toBe(200);
  expect(stands('teachersown')).toBe(false);
  expect((await teacher.get(routes.classes)).status).toBe(200);
});
