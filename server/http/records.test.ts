// What lasts, over HTTP: a learner's own record and nobody else's, the report of a class as files, and certificates.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import { certificateSchema, classReportSchema, ownRecordSchema, sharedOverviewSchema } from '../../protocol/records.ts';
import { Asker, codeOf, TestRoom } from './test-room.ts';

let room: TestRoom;
let teacher: Asker;
let slugs: string[];

beforeAll(async () => {
  room = await TestRoom.open();
  teacher = room.teacher();
  slugs = room.lessons.all
    .filter(({ steps }) => steps.length > 0)
    .slice(0, 2)
    .map(({ slug }) => slug);
});
afterAll(() => room[Symbol.asyncDispose]());

/** Passes all steps of a lesson, each a minute after the one before. */
function pass(session: string, slug: string): void {
  for (const [index, { id }] of room.lessons.get(slug).steps.entries()) {
    const beganMs = 1_800_000_000_000 + index * 60_000;
    room.store.setMark(session, slug, id, 'passed', beganMs + 60_000);
    room.store.times.set(session, {
      lesson: slug,
      step: id,
      begunMs: beganMs,
      endedMs: beganMs + 60_000,
      tries: index,
    });
  }
}

describe('a record', () => {
  it('has what was done, with times, tries, hints and answers', async () => {
    const anna = room.learner(room.class('Records', slugs), 'Anna');
    const session = room.begun(anna);
    const [slug = ''] = slugs;
    const { steps } = room.lessons.get(slug);
    const step = steps[0]?.id ?? '';
    pass(session, slug);
    room.store.steps.addHint(session, slug, step, 0);
    for (const right of [false, true])
      room.store.quizTries.add(session, { lesson: slug, step, quiz: 0, answer: [1], right, atMs: 5 });
    room.store.steps.addQuiz(session, slug, step, 0);
    const { lessons } = ownRecordSchema.parse(await (await anna.get(routes.record)).json());
    expect(lessons.map(({ lesson }) => lesson)).toEqual(slugs);
    expect(lessons[0]).toMatchObject({
      passed: steps.length,
      steps: steps.length,
      workedMs: steps.length * 60_000,
      failedTries: (steps.length * (steps.length - 1)) / 2,
      hints: 1,
      quizTries: 2,
      quizRight: 1,
      begunMs: 1_800_000_000_000,
      finishedMs: 1_800_000_000_000 + steps.length * 60_000,
    });
    expect(lessons[1]).toMatchObject({ passed: 0, begunMs: null, finishedMs: null, workedMs: 0 });
  });

  it('is one’s own, whoever else asks', async () => {
    const id = room.class('Own', slugs);
    const [anna, bea] = [room.learner(id, 'Anna'), room.learner(id, 'Bea')];
    pass(room.begun(anna), slugs[0] ?? '');
    const passedBy = async (asks: Asker) =>
      ownRecordSchema.parse(await (await asks.get(routes.record)).json()).lessons[0]?.passed;
    expect(await passedBy(anna)).toBeGreaterThan(0);
    expect(await passedBy(bea)).toBe(0);
    for (const path of [routes.classReport(id), routes.reportCsv(id), routes.reportLines(id)]) {
      expect(await codeOf(await bea.get(path)), path).toBe('not-yours');
      expect((await teacher.get(path)).status, path).toBe(200);
    }
  });
});

describe('the report of a class', () => {
  it('is the same on the page, as CSV and as JSON Lines, and no name in it becomes a formula', async () => {
    const id = room.class('"Quoted", =1+1', slugs);
    const evil = room.learner(id, '=HYPERLINK("http://x","y")');
    room.learner(id, '@SUM(1)');
    pass(room.begun(evil), slugs[0] ?? '');
    const report = classReportSchema.parse(await (await teacher.get(routes.classReport(id))).json());
    expect(report.learners.map(({ name }) => name)).toEqual(['=HYPERLINK("http://x","y")', '@SUM(1)']);

    const csv = await teacher.get(routes.reportCsv(id));
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toContain('attachment');
    const [head, first, ...others] = (await csv.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^class,learner,name,lesson,title,steps,passed,/);
    expect(first).toContain('"""Quoted"", =1+1"');
    expect(first).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(others).toHaveLength(3);
    expect(others[1]).toContain(`"'@SUM(1)"`);

    const lines = (await (await teacher.get(routes.reportLines(id))).text()).trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({ name: '=HYPERLINK("http://x","y")', lesson: slugs[0] });
    expect(rows[0].passed).toBe(rows[0].steps);
    expect(rows[0].each_step).toHaveLength(rows[0].steps);
  });
});

describe('the overview of a class', () => {
  const shared = async (id: number) =>
    sharedOverviewSchema.parse(await (await teacher.get(routes.classOverview(id))).json());

  it('has numbers for whoever has the link, and none that tells of one or two people', async () => {
    const id = room.class('Team', slugs);
    const [first = '', second = ''] = slugs;
    const names = ['Anna', 'Bea', 'Cem', 'Dora'];
    const sessions = names.map((name) => room.begun(room.learner(id, name)));
    for (const session of sessions.slice(0, 3)) pass(session, first);
    for (const session of sessions.slice(0, 2)) pass(session, second);
    const { overview, path } = await shared(id);
    const steps = room.lessons.get(first).steps.length;
    expect(overview).toMatchObject({
      class: 'Team',
      learners: { listed: 4, came: 4, recent: 4, done: null },
      lessons: [
        { lesson: first, steps, begun: 3, finished: 3, workedMs: steps * 60_000 },
        { lesson: second, begun: null, finished: null, workedMs: null },
      ],
    });
    const anybody = new Asker(room.url);
    const seen = await anybody.post(routes.overview, { token: path.split('#')[1] });
    expect(await seen.clone().json()).toEqual(overview);
    for (const name of names) expect(await seen.clone().text()).not.toContain(name);
  });

  it('is for nobody without the link, and the link is void with the code of the class', async () => {
    const id = room.class('Closed doors', slugs);
    const anybody = new Asker(room.url);
    const token = async () => (await shared(id)).path.split('#')[1] ?? '';
    const before = await token();
    const other = (await shared(room.class('Another', slugs))).path.split('#')[1] ?? '';
    expect(await codeOf(await anybody.get(routes.classOverview(id)))).toBe('who-are-you');
    const [, , seal = ''] = other.split('.');
    for (const forged of [
      '',
      'class',
      `${before}x`,
      before.slice(0, -1),
      `class.${id}.${seal}`,
      'class.99999999.x',
      '__proto__.1.2',
    ])
      expect(await codeOf(await anybody.post(routes.overview, { token: forged })), forged).toBe('bad-link');
    for (const malformed of [{}, { token: 7 }, { token: 'x'.repeat(201) }, { token: before, more: 1 }])
      expect(await codeOf(await anybody.post(routes.overview, malformed))).toBe('bad-body');
    expect(await codeOf(await anybody.post(routes.overview, { token: before }))).toBe('');
    room.room.classes.change(id, { newCode: true });
    expect(await codeOf(await anybody.post(routes.overview, { token: before }))).toBe('bad-link');
    expect(await codeOf(await anybody.post(routes.overview, { token: await token() }))).toBe('');
  });
});

describe('a certificate', () => {
  it('is made once all is done, is the same the next time, and can be verified by anybody who has its id', async () => {
    const anna = room.learner(room.class('Certified', slugs), 'Anna <b>');
    const session = room.begun(anna);
    pass(session, slugs[0] ?? '');
    expect(await codeOf(await anna.post(routes.certificates))).toBe('not-done');
    pass(session, slugs[1] ?? '');
    const made = certificateSchema.parse(await (await anna.post(routes.certificates)).json());
    expect(made).toMatchObject({ name: 'Anna <b>', lessons: slugs.map((slug) => room.lessons.get(slug).title) });
    expect(made.id).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    expect(await (await anna.post(routes.certificates)).json()).toEqual(made);
    const anybody = new Asker(room.url);
    for (const written of [made.id, made.id.toLowerCase().replaceAll('-', ' ')])
      expect(await (await anybody.get(routes.certificate(written))).json()).toEqual(made);
    expect(Object.keys(made).toSorted()).toEqual(['id', 'lessons', 'madeMs', 'name']);
    for (const forged of [`${made.id}x`, 'ZZZZ-ZZZZ-ZZZZ', '..', 'x'.repeat(1000)])
      expect(await codeOf(await anybody.get(routes.certificate(forged)))).toBe(
        forged === '..' ? 'not-found' : 'no-certificate',
      );
    expect(await codeOf(await teacher.post(routes.certificates))).toBe('not-yours');
  });
});
