// A room at a real server: who comes in and how, what each role may, and that a learner is who they were after its end.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Class, Invited, Me } from '../../protocol/classroom.ts';
import { endpoints } from '../../protocol/endpoints.ts';
import { routes } from '../../protocol/http.ts';
import type { ClassLearner, Listed } from '../../protocol/learners.ts';
import type { LessonSummary } from '../../protocol/lesson.ts';
import { broughtTo } from '../support/brought.ts';
import { enter, PASSWORD, printedToken, say } from '../support/classroom.ts';
import { Learner, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';
import { RoomPage, WallPage } from '../support/wall-page.ts';

type Who = 'stranger' | 'learner' | 'assistant' | 'teacher';
const WHO: readonly Who[] = ['stranger', 'learner', 'assistant', 'teacher'];

const ANYONE = WHO;
const SIGNED_IN: readonly Who[] = ['learner', 'assistant', 'teacher'];
const STAFF: readonly Who[] = ['assistant', 'teacher'];
const TEACHER: readonly Who[] = ['teacher'];

/** Whom each route is for, said here once more: a route that is missing has no roles that somebody thought of. */
const MAY: Record<string, readonly Who[]> = {
  'GET /api/info': SIGNED_IN,
  'GET /api/lessons': SIGNED_IN,
  'GET /api/lessons/:lesson': SIGNED_IN,
  'GET /api/session': SIGNED_IN,
  'POST /api/session/extend': SIGNED_IN,
  'POST /api/lessons/:lesson/open': SIGNED_IN,
  'POST /api/lessons/:lesson/steps/:step/open': SIGNED_IN,
  'POST /api/lessons/:lesson/steps/:step/skip': SIGNED_IN,
  'POST /api/lessons/:lesson/restart': SIGNED_IN,
  'POST /api/lessons/:lesson/setup': SIGNED_IN,
  'POST /api/lessons/:lesson/steps/:step/quizzes/:quiz': SIGNED_IN,
  'POST /api/lessons/:lesson/steps/:step/hint': SIGNED_IN,
  'POST /api/lessons/:lesson/steps/:step/show': SIGNED_IN,
  'GET /api/lessons/:lesson/done': SIGNED_IN,
  'GET /api/lessons/:lesson/steps/:step/evidence': SIGNED_IN,
  'POST /api/lessons/:lesson/steps/:step/report': SIGNED_IN,
  'GET /api/lessons/:lesson/steps/:step/values': SIGNED_IN,
  'GET /api/map/raw?key=:key': SIGNED_IN,
  'GET /api/glossary': SIGNED_IN,
  'GET /api/file?path=:path': SIGNED_IN,
  'POST /api/file?path=:path': SIGNED_IN,
  'POST /api/terminals': SIGNED_IN,
  'POST /api/terminals/:terminal/close': SIGNED_IN,
  'GET /ws?terminal=:terminal': SIGNED_IN,
  'GET /ws/wall?class=:class': STAFF,
  'GET /ws/room': SIGNED_IN,
  'GET /ws/learner?class=:class&person=:person&terminal=:terminal': STAFF,
  'GET /ws/broadcast?class=:class': SIGNED_IN,
  'POST /api/classes/:class/broadcast': STAFF,
  'POST /api/classes/:class/broadcast/end': STAFF,
  'POST /api/classes/:class/learners/:person/help': STAFF,
  'POST /api/classes/:class/learners/:person/keyboard/ask': STAFF,
  'POST /api/classes/:class/learners/:person/keyboard/give-back': STAFF,
  'POST /api/keyboard/:ask/allow': SIGNED_IN,
  'POST /api/keyboard/take-back': SIGNED_IN,
  'POST /api/classes/:class/learners/:person/restart': STAFF,
  'POST /api/classes/:class/learners/:person/step': STAFF,
  'POST /api/classes/:class/learners/:person/extend': STAFF,
  'POST /api/classes/:class/pause': STAFF,
  'POST /api/classes/:class/resume': STAFF,
  'GET /api/classes/:class/learners/:person/work': STAFF,
  'GET /api/classes/:class/learners/:person/attempts/:attempt': STAFF,
  'POST /api/help/:help/dismiss': SIGNED_IN,
  'POST /api/hand': SIGNED_IN,
  'POST /api/hand/lower': SIGNED_IN,
  'POST /api/classes/:class/learners/:person/hand/take': STAFF,
  'POST /api/classes/:class/learners/:person/hand/close': STAFF,
  'GET /api/me': ANYONE,
  'POST /api/join': ANYONE,
  'POST /api/back': ANYONE,
  'POST /api/sign-in/link': ANYONE,
  'POST /api/sign-in': ANYONE,
  'POST /api/me/password': STAFF,
  'POST /api/me/leave': SIGNED_IN,
  'GET /api/staff': STAFF,
  'POST /api/staff': TEACHER,
  'POST /api/staff/:person/remove': TEACHER,
  'GET /api/classes': STAFF,
  'POST /api/classes': TEACHER,
  'GET /api/classes/:class': STAFF,
  'POST /api/classes/:class': TEACHER,
  'GET /api/privacy': ANYONE,
  'GET /api/me/export': SIGNED_IN,
  'POST /api/me/erase': SIGNED_IN,
  'GET /api/record': SIGNED_IN,
  'GET /api/classes/:class/report': STAFF,
  'GET /api/classes/:class/overview': STAFF,
  'POST /api/overview': ANYONE,
  'GET /api/classes/:class/report.csv': STAFF,
  'GET /api/classes/:class/report.jsonl': STAFF,
  'POST /api/certificates': ['learner'],
  'GET /api/certificates/:certificate': ANYONE,
  'GET /api/classes/:class/learners': STAFF,
  'POST /api/classes/:class/learners': TEACHER,
  'POST /api/classes/:class/learners/:person': TEACHER,
  'POST /api/classes/:class/learners/:person/link': TEACHER,
  'POST /api/classes/:class/learners/:person/remove': TEACHER,
  'POST /api/classes/:class/dry-run': STAFF,
  'POST /api/dry-run/end': STAFF,
  'GET /api/classes/:class/rehearsal': TEACHER,
  'POST /api/classes/:class/rehearsal': TEACHER,
  'POST /api/classes/:class/rehearsal/stop': TEACHER,
  'GET /api/classes/:class/webhook': STAFF,
  'POST /api/classes/:class/webhook/again': TEACHER,
};

let server: TestServer;
let teacher: Learner;
let code: string;

beforeAll(async () => {
  server = await TestServer.start({ args: ['--classroom', '--host', '127.0.0.1'] });
  teacher = new Learner(server);
  await enter(teacher, routes.signInByLink, { token: await printedToken(server) });
  await enter(teacher, routes.password, { name: 'Ms Okafor', password: PASSWORD });
  const all = (await (await teacher.get(routes.lessons)).json()) as LessonSummary[];
  const made = await teacher.post(routes.classes, say({ name: 'Monday', lessons: slugs(all) }));
  const { id } = (await made.json()) as Class;
  const opened = (await (await teacher.post(routes.class(id), say({ state: 'open' }))).json()) as Class;
  code = opened.code;
}, 600_000);
afterAll(() => server?.[Symbol.asyncDispose]());

/** Two of them, the later one first. */
const slugs = (all: readonly LessonSummary[]) =>
  all
    .slice(0, 2)
    .map(({ slug }) => slug)
    .reverse();

async function joined(name: string): Promise<{ learner: Learner; me: Me }> {
  const learner = new Learner(server);
  return { learner, me: await enter(learner, routes.join, { code, name }) };
}

async function codeOf(answer: Response): Promise<string> {
  const text = await answer.text();
  return (JSON.parse(text) as { error?: { code?: string } } | null)?.error?.code ?? '';
}

/** The status of the answer to an upgrade. */
const answered = (socket: WebSocket) =>
  new Promise<number>((resolve) => {
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', () => {});
  });

describe('who may what', () => {
  const all = Object.values(endpoints).flat();
  const one: Partial<Record<Who, Learner>> = {};

  beforeAll(async () => {
    const assistant = new Learner(server);
    const invited = await (await teacher.post(routes.staff, say({ role: 'assistant', name: 'Sam' }))).json();
    const path = String((invited as { signInPath: string }).signInPath);
    await enter(assistant, routes.signInByLink, { token: path.split('#')[1] });
    const visiting = new Learner(server);
    await enter(visiting, routes.signIn, { name: 'ms okafor', password: PASSWORD });
    Object.assign(one, {
      stranger: new Learner(server),
      learner: (await joined('Tabea')).learner,
      assistant,
      teacher: visiting,
    });
  });

  it('is said of every route, and of no other', () => {
    expect(Object.keys(MAY).toSorted()).toEqual(all.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it.each(all.flatMap(({ method, path }) => WHO.map((who) => [who, method, path] as const)))(
    '%s: %s %s',
    async (who, method, path) => {
      const asks = new Learner(server, one[who]?.cookie);
      const asked = path.replace(':lesson', 'no-such-lesson').replace(':terminal', '99').replace(/:\w+/g, '99');
      if (path.startsWith(routes.socket)) {
        const status = await answered(asks.socketAt(asked));
        if (MAY[`${method} ${path}`]?.includes(who)) return expect([401, 403]).not.toContain(status);
        return expect(status).toBe(who === 'stranger' ? 401 : 403);
      }
      if (['/api/me/leave', '/api/me/erase'].includes(path) && who !== 'stranger')
        return expect(MAY[`${method} ${path}`]).toContain(who);
      const answer = await (method === 'GET' ? asks.get(asked) : asks.post(asked));
      const said = answer.status === 204 ? '' : await codeOf(answer);
      expect(said).not.toBe('not-found');
      if (MAY[`${method} ${path}`]?.includes(who)) expect(['who-are-you', 'not-yours']).not.toContain(said);
      else expect(said).toBe(who === 'stranger' ? 'who-are-you' : 'not-yours');
    },
  );

  it('is nothing where no route is', async () => {
    for (const who of WHO) {
      const answer = await new Learner(server, one[who]?.cookie).get('/api/people');
      expect(await codeOf(answer)).toBe('not-found');
    }
  });
});

describe('a learner', () => {
  it('sees the lessons of the class in its order, and opens no other', async () => {
    const { learner } = await joined('Uli');
    const offered = (await (await learner.get(routes.lessons)).json()) as LessonSummary[];
    const all = (await (await teacher.get(routes.lessons)).json()) as LessonSummary[];
    expect(offered.map(({ slug }) => slug)).toEqual(slugs(all));
    const other = all[2]?.slug ?? '';
    expect(await codeOf(await learner.post(routes.open(other)))).toBe('unknown-lesson');
    expect((await teacher.get(routes.lesson(other))).status).toBe(200);
    // Nor does a document bring it.
    const [own = ''] = slugs(all);
    expect((await broughtTo(learner, own))?.lesson.next).toBe(slugs(all)[1]);
    expect(await broughtTo(learner, other)).toBeNull();
    expect(await broughtTo(new Learner(server), own)).toBeNull();
    expect((await broughtTo(teacher, other))?.lesson.slug).toBe(other);
  });

  it('has a run of their own, the same one on another device, and after the end of the server', async () => {
    const { learner, me } = await joined('Vera');
    const { learner: other } = await joined('Wim');
    const all = (await (await learner.get(routes.lessons)).json()) as LessonSummary[];
    const lesson = all.find(({ steps }) => steps.length > 0)?.slug ?? '';
    await learner.open(lesson);
    const terminal = await learner.terminal();
    terminal.type('echo mine-$((40 + 2)) > /root/mine; cat /root/mine\r');
    await terminal.shows('mine-42');
    await other.open(lesson);
    const others = await other.terminal();
    others.type('cat /root/mine; echo looked-$((1 + 1))\r');
    await others.shows('looked-2');
    expect(others.output).not.toContain('mine-42');

    const device = new Learner(server);
    await enter(device, routes.back, { token: String(me.returnPath).split('#')[1] });
    const second = await device.terminal();
    second.type('sed s/mine/second/ /root/mine\r');
    await second.shows('second-42');
    expect((await device.session()).progress).toEqual((await learner.session()).progress);

    await server.end('SIGKILL');
    await server.start();
    for (const again of [learner, device]) {
      const after = await again.terminal();
      after.type('sed s/mine/after/ /root/mine\r');
      await after.shows('after-42');
    }
    expect((await teacher.get(routes.classes)).status).toBe(200);
  });

  it('may have any name, which stays text; a name that is none is refused', async () => {
    const name = '<img src=x onerror=alert(1)> “Ünïcode” 李';
    const { me } = await joined(name);
    expect(me.name).toBe(name);
    for (const bad of ['', 'x'.repeat(61), 'x'.repeat(10_000), 'a\u0000b', '\u202egnirts'])
      expect([400, 413]).toContain((await new Learner(server).post(routes.join, say({ code, name: bad }))).status);
  });

  it('keeps a cookie that no script reads and no other site sends', async () => {
    const answer = await new Learner(server).post(routes.join, say({ code, name: 'Xaver' }));
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^slipway_login=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/),
    ]);
    const foreign = { ...say({ code, name: 'Yann' }), headers: { origin: 'http://evil.example' } };
    expect(await codeOf(await new Learner(server).post(routes.join, foreign))).toBe('foreign-origin');
    const plain = { ...say({ code, name: 'Yann' }), headers: { 'content-type': 'text/plain' } };
    expect(await codeOf(await new Learner(server).post(routes.join, plain))).toBe('bad-body');
  });
});

describe('a class', () => {
  it('opens its lessons when the teacher does, and a learner who is removed is gone with computer and run', async () => {
    const all = (await (await teacher.get(routes.lessons)).json()) as LessonSummary[];
    const made = await teacher.post(routes.classes, say({ name: 'Paced', lessons: slugs(all) }));
    const { id } = (await made.json()) as Class;
    await teacher.post(routes.class(id), say({ state: 'open', pace: 'teacher' }));
    const listing = await teacher.post(routes.learners(id), say({ names: ['Zoë', '<script>'] }));
    const { added } = (await listing.json()) as Listed;
    const learner = new Learner(server);
    await enter(learner, routes.back, { token: added[0]?.returnPath.split('#')[1] });
    const [first = ''] = slugs(all);
    expect(await codeOf(await learner.post(routes.open(first)))).toBe('not-open-yet');
    expect(await codeOf(await learner.get(routes.lesson(first)))).toBe('not-open-yet');
    expect(await broughtTo(learner, first)).toBeNull();
    expect(await (await learner.get(routes.lessons)).json()).toMatchObject([
      { notOpenYet: true },
      { notOpenYet: true },
    ]);
    using page = await RoomPage.open(learner);
    await until(() => page.openLessons?.length === 0, 'that none is open');
    await teacher.post(routes.class(id), say({ opened: [first] }));
    await until(() => page.openLessons?.includes(first) === true, 'that one is open');
    await learner.open(first);
    const terminal = await learner.terminal();
    const learners = (await (await teacher.get(routes.learners(id))).json()) as ClassLearner[];
    expect(learners.map(({ name, lesson }) => [name, lesson])).toEqual([
      ['Zoë', first],
      ['<script>', null],
    ]);

    const before = server.containers().length;
    expect((await teacher.post(routes.removeLearner(id, learners[0]?.id ?? ''))).status).toBe(200);
    await until(() => terminal.closeCode !== null, 'the end of the connection');
    expect((await learner.get(routes.session)).status).toBe(401);
    await until(() => server.containers().length < before, 'the computer to go');
    expect(await codeOf(await learner.post(routes.back, say({ token: added[0]?.returnPath.split('#')[1] })))).toBe(
      'bad-link',
    );
  });
});

it('a removed assistant is nobody at once', async () => {
  const assistant = new Learner(server);
  const invited = await (await teacher.post(routes.staff, say({ role: 'assistant', name: 'Kim' }))).json();
  const { id, signInPath } = invited as { id: string; signInPath: string };
  await enter(assistant, routes.signInByLink, { token: signInPath.split('#')[1] });
  expect((await assistant.get(routes.classes)).status).toBe(200);
  expect((await teacher.post(routes.removeStaff(id))).status).toBe(200);
  expect((await assistant.get(routes.classes)).status).toBe(401);
});

it('two teachers at once: each change is kept, what can be done once is done once, and each is told', async () => {
  const second = new Learner(server);
  const invited = await (await teacher.post(routes.staff, say({ role: 'teacher', name: 'Mr Adeyemi' }))).json();
  await enter(second, routes.signInByLink, { token: (invited as Invited).signInPath.split('#')[1] });
  await enter(second, routes.password, { name: 'Mr Adeyemi', password: PASSWORD });
  const all = slugs((await (await teacher.get(routes.lessons)).json()) as LessonSummary[]);
  const made = await teacher.post(routes.classes, say({ name: 'Shared', lessons: all }));
  const { id } = (await made.json()) as Class;
  const both = async (path: string, mine: object = {}, theirs: object = mine) => {
    const answers = await Promise.all([teacher.post(path, say(mine)), second.post(path, say(theirs))]);
    return answers.map(({ status }) => status).sort();
  };
  const now = async () => (await (await second.get(routes.class(id))).json()) as Class;
  expect(await both(routes.class(id), { name: 'Ours' }, { pace: 'teacher' })).toEqual([200, 200]);
  expect(await now()).toMatchObject({ name: 'Ours', pace: 'teacher', state: 'draft' });
  expect(await both(routes.class(id), { state: 'open' })).toEqual([200, 200]);
  expect(await both(routes.class(id), { opened: all.slice(0, 1) }, { opened: all })).toEqual([200, 200]);
  expect([all, all.slice(0, 1)]).toContainEqual((await now()).opened);
  // A place on the list, an assistant's name and a learner are there once.
  expect(await both(routes.learners(id), { names: ['Ida'] })).toEqual([200, 200]);
  const learners = (await (await teacher.get(routes.learners(id))).json()) as ClassLearner[];
  expect(learners.map(({ name }) => name)).toEqual(['Ida']);
  expect(await both(routes.staff, { role: 'assistant', name: 'Noor' })).toEqual([200, 409]);
  expect(await both(routes.removeLearner(id, learners[0]?.id ?? ''))).toEqual([200, 404]);
  expect(await both(routes.class(id), { state: 'closed' })).toEqual([200, 200]);
  expect(await now()).toMatchObject({ name: 'Ours', state: 'closed' });
});

it('of a thousand joins at once as many come in as a large class has, and the teacher’s page goes on', async () => {
  const all = (await (await teacher.get(routes.lessons)).json()) as LessonSummary[];
  const made = await teacher.post(routes.classes, say({ name: 'Flooded', lessons: slugs(all) }));
  const { id } = (await made.json()) as Class;
  const { code: flooded } = (await (await teacher.post(routes.class(id), say({ state: 'open' }))).json()) as Class;
  const joins = Array.from({ length: 1000 }, (_, n) =>
    new Learner(server).post(routes.join, say({ code: flooded, name: `Name ${n}` })),
  );
  const wall = WallPage.open(teacher, id);
  const codes = await Promise.all((await Promise.all(joins)).map(codeOf));
  const cameIn = codes.filter((each) => each === '').length;
  expect(cameIn).toBeGreaterThan(50);
  expect(codes.filter((each) => each === 'too-many-tries').length).toBe(1000 - cameIn);
  const learners = (await (await teacher.get(routes.learners(id))).json()) as ClassLearner[];
  expect(learners.length).toBe(cameIn);
  using page = await wall;
  await until(() => page.learners.size === cameIn, 'all of them on the wall');
});

it('a thousand wrong codes are refused at once, and learners elsewhere still join', async () => {
  const tries = Array.from({ length: 1000 }, () =>
    new Learner(server).post(routes.join, say({ code: 'ZZZZZZZZ', name: 'Z' })),
  );
  const codes = await Promise.all((await Promise.all(tries)).map(codeOf));
  expect(codes.filter((each) => each === 'wrong-code').length).toBeLessThanOrEqual(60);
  expect(codes.filter((each) => each === 'too-many-tries').length).toBeGreaterThanOrEqual(940);
  await until(async () => (await teacher.get(routes.classes)).status === 200, 'the teacher’s page');
});
