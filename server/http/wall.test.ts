// What a teacher sees of one learner and does for them, over HTTP: right for those who may, refused to all others.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Evidence } from '../../protocol/session.ts';
import { learnerWorkSchema, MOST_ATTEMPTS } from '../../protocol/work.ts';
import { type Asker, codeOf, TestRoom } from './test-room.ts';

let room: TestRoom;
let ofClass: number;
let slug: string;
let step: string;
let anna: Asker;
let session: string;

const idOf = (asker: Asker) => room.room.people.identify(asker.login, false)?.person.id ?? '';

beforeAll(async () => {
  room = await TestRoom.open();
  const lesson = room.lessons.all.find(({ steps }) => steps.length > 0);
  slug = lesson?.slug ?? '';
  step = lesson?.steps[0]?.id ?? '';
  ofClass = room.class('Monday', [slug]);
  anna = room.learner(ofClass, 'Anna');
  session = room.begun(anna);
});
afterAll(() => room[Symbol.asyncDispose]());

describe('what a learner did', () => {
  const evidence = (n: number): Evidence => ({
    atMs: n,
    verdict: 'fail',
    message: `<b>no</b> ${n}`,
    command: { line: 'docker login -u learner -p hunter2', exitCode: 1, output: 'TOKEN=hunter2 <i>' },
    facts: [{ asked: 'all images', answer: 'none' }],
  });

  it('is there for who teaches, the newest first, bounded, without passwords', async () => {
    for (let n = 0; n <= MOST_ATTEMPTS; n++) room.store.evidence.add(session, slug, step, 'fail', evidence(n));
    room.store.commands.add(session, { line: 'echo <b>', exitCode: 0, startedMs: 1, endedMs: 2 });
    for (const asker of [room.teacher(), room.assistant('Sam')]) {
      const answer = await asker.get(routes.work(ofClass, idOf(anna)));
      const { commands, attempts } = learnerWorkSchema.parse(await answer.json());
      expect(commands).toEqual([{ line: 'echo <b>', exitCode: 0, startedMs: 1, endedMs: 2 }]);
      expect(attempts).toHaveLength(MOST_ATTEMPTS);
      expect(attempts[0]).toMatchObject({
        lesson: slug,
        step,
        atMs: MOST_ATTEMPTS,
        message: `<b>no</b> ${MOST_ATTEMPTS}`,
      });
      expect(attempts[0]?.command).toBe('docker login -u learner -p …');
      const of = await asker.get(routes.attempt(ofClass, idOf(anna), attempts[0]?.id ?? 0));
      const text = await of.text();
      expect(JSON.parse(text)).toMatchObject({ verdict: 'fail', facts: [{ asked: 'all images' }] });
      expect(text).not.toContain('hunter2');
    }
  });

  it('is nobody else’s, and of no other learner', async () => {
    const bea = room.learner(ofClass, 'Bea');
    const elsewhere = room.class('Tuesday', [slug]);
    const [first] = room.store.evidence.attempts(session, 1);
    for (const asker of [anna, bea]) {
      expect(await codeOf(await asker.get(routes.work(ofClass, idOf(anna))))).toBe('not-yours');
      expect(await codeOf(await asker.get(routes.attempt(ofClass, idOf(anna), first?.id ?? 0)))).toBe('not-yours');
    }
    const teacher = room.teacher();
    expect(await (await teacher.get(routes.work(ofClass, idOf(bea)))).json()).toEqual({ commands: [], attempts: [] });
    expect(await codeOf(await teacher.get(routes.work(elsewhere, idOf(anna))))).toBe('no-person');
    expect(await codeOf(await teacher.get(routes.work(99, idOf(anna))))).toBe('no-class');
    room.begun(bea);
    for (const attempt of [first?.id ?? 0, 99_999, Number.NaN, -1])
      expect(await codeOf(await teacher.get(routes.attempt(ofClass, idOf(bea), attempt)))).toBe('no-attempt');
  });
});

describe('what is done for a learner', () => {
  it('is refused to all but who teaches, to what is malformed, and where nothing is to be done', async () => {
    const teacher = room.teacher();
    const [cem, dora] = [room.learner(ofClass, 'Cem'), room.learner(ofClass, 'Dora')];
    room.begun(cem);
    const to = routes.moveTo(ofClass, idOf(cem));
    const begun = { lesson: slug, step };
    for (const asker of [cem, dora])
      for (const path of [to, routes.startAgain(ofClass, idOf(cem)), routes.extendFor(ofClass, idOf(cem))])
        expect(await codeOf(await asker.post(path, begun))).toBe('not-yours');
    for (const body of [{}, { ...begun, more: 1 }, { ...begun, step: '../x' }, { ...begun, step: 'x'.repeat(3_000) }])
      expect(await codeOf(await teacher.post(to, body))).toBe('bad-body');
    expect(await codeOf(await teacher.post(routes.startAgain(ofClass, idOf(cem)), begun))).toBe('bad-body');
    // Nothing is open yet, or was begun.
    expect(await codeOf(await teacher.post(to, begun))).toBe('not-open');
    expect(await codeOf(await teacher.post(routes.startAgain(ofClass, idOf(cem)), { lesson: slug }))).toBe('not-open');
    expect(await codeOf(await teacher.post(routes.moveTo(ofClass, idOf(dora)), begun))).toBe('no-session');
    expect(await codeOf(await teacher.post(routes.extendFor(ofClass, idOf(cem))))).toBe('no-end-near');
    expect(room.room.help.itemsOf(idOf(cem))).toEqual([]);
  });
});

describe('a pause', () => {
  it('holds every step of the class until it goes on, and no other class', async () => {
    const [teacher, assistant] = [room.teacher(), room.assistant('Kim')];
    const [id, elsewhere] = [room.class('Paused', [slug]), room.class('Not paused', [slug])];
    const [eva, finn] = [room.learner(id, 'Eva'), room.learner(elsewhere, 'Finn')];
    for (const asker of [eva, finn]) room.begun(asker);
    const refusals = async (asker: Asker) => [
      await codeOf(await asker.post(routes.skipStep(slug, step))),
      await codeOf(await asker.post(routes.openStep(slug, step))),
      await codeOf(await asker.post(routes.terminals)),
    ];
    const PAUSED = ['paused', 'paused', 'paused'];
    const GOES_ON = ['', '', 'no-computer'];
    expect(await codeOf(await eva.post(routes.pause(id)))).toBe('not-yours');
    expect(await codeOf(await teacher.post(routes.pause(id), { for: 5 }))).toBe('bad-body');
    expect(await codeOf(await teacher.post(routes.pause(99)))).toBe('no-class');
    expect(await refusals(eva)).toEqual(GOES_ON);
    // Twice is as once: who paused it first has.
    for (const asker of [assistant, teacher]) expect((await asker.post(routes.pause(id))).status).toBe(200);
    expect(await (await teacher.get(routes.class(id))).json()).toMatchObject({ pausedBy: 'Kim' });
    expect(await refusals(eva)).toEqual(PAUSED);
    expect(await refusals(finn)).toEqual(GOES_ON);
    for (const asker of [teacher, assistant]) expect((await asker.post(routes.resume(id))).status).toBe(200);
    expect(await refusals(eva)).toEqual(GOES_ON);
  });
});
