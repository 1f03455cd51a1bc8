// What a learner does with a lesson besides typing: questions, hints, show me, evidence, reports, and its set-up.

import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Evidence, QuizResult, Session } from '../../protocol/session.ts';
import { front, TestCourse } from '../support/course.ts';
import { Learner, until } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const begun = (title: string, more = '') => `${front(title, more)}To begin with.\n\n`;

const QUESTIONS = `${begun('Questions only')}## Choose

Look.

\`\`\`quiz
type: typed
question: What is 6 times 7?
answer: "42"
why: Count again.
\`\`\`

## Do and answer

\`\`\`sh
docker tag alpine:latest mine:1
\`\`\`

\`\`\`check
- image.present: {image: "mine:1"}
\`\`\`

\`\`\`quiz
type: typed
question: And 1 and 1?
answer: "2"
why: Count once more.
\`\`\`
`.replace('minutes: 5\n', 'minutes: 5\nsetup:\n  images: ["alpine:latest"]\n');

const WORK = `${begun(
  'Work at the terminal',
  `setup:
  absent:
    containers: [registry]
    images: ["localhost:5000/kept:1"]
    files: ["~/left/over.txt"]
    logins: ["localhost:5000", docker.io]
  images: ["alpine:latest"]
  names: {"other/name:2": "busybox:1.36"}
  registries:
    - name: registry
      port: 5000
      users: {alice: s3cret}
      content: {"team/app:1.0": "alpine:latest"}
  files: {"~/notes/hello.txt": "hello\\n"}
`,
)}## Tag by id

\`\`\`sh id="image-id alpine:latest" what="text mine"
docker tag <id> <what>:1
\`\`\`

\`\`\`check
- image.sameAs: {image: "mine:1", as: "alpine:latest"}
\`\`\`

\`\`\`hint
- Names are made with a verb.
- text: You have removed alpine. Pull it again.
  when:
    - image.absent: {images: ["alpine:latest"]}
- The verb is \`tag\`.
\`\`\`

## Log in

\`\`\`sh
docker login localhost:5000
\`\`\`

\`\`\`solution
docker login localhost:5000
< alice
< s3cret
\`\`\`

\`\`\`check
- login.in: {registry: "localhost:5000"}
\`\`\`

\`\`\`hint
- Log in.
\`\`\`

## Say it

\`\`\`sh
echo said
\`\`\`

\`\`\`check
- command: {run: ["docker version"]}
\`\`\`

\`\`\`hint
- Look.
\`\`\`
`;

const PAGE = begun('A page to read', 'page: true\n');

const course = new TestCourse(
  { '01-questions': QUESTIONS, '02-work': WORK, '03-page': PAGE },
  '# Glossary\n\n## Tag\n\nA name that **moves**.\n',
);
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ args: ['--max-sandboxes', '4', ...course.args] });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
});

const json = async <T>(answer: Response, status = 200): Promise<T> => {
  const body = (await answer.json()) as T;
  expect(answer.status, JSON.stringify(body)).toBe(status);
  return body;
};
const answer = (learner: Learner, lesson: string, step: string, quiz: number | string, body: unknown) =>
  learner.post(routes.quiz(lesson, step, quiz as number), { body: JSON.stringify({ answer: body }) });

describe('a page to read', () => {
  it('takes no computer, and gives one back to the lesson that was open before', async () => {
    const learner = new Learner(server);
    const before = server.containers().length;
    const session = await json<Session>(await learner.post(routes.open('page')));
    expect(session).toMatchObject({ lesson: 'page', setup: { state: 'ready' }, progress: { page: { current: null } } });
    expect(server.containers().length).toBe(before);
    await learner.open('questions');
    const terminal = await learner.terminal();
    await json(await learner.post(routes.open('page')));
    terminal.type('docker tag alpine:latest mine:1\r');
    await json(await learner.post(routes.open('questions')));
    await json(await learner.post(routes.openStep('questions', 'do-and-answer')));
    await terminal.sees((now) => now.progress.questions?.checked.includes('do-and-answer') ?? false, 'the checks');
  });
});

describe('questions', () => {
  it('pass a step without checks by themselves, and one with checks together with them', async () => {
    const learner = new Learner(server);
    await learner.open('questions');
    const wrong = await json<QuizResult>(await answer(learner, 'questions', 'choose', 0, '41'));
    expect(wrong).toMatchObject({ right: false, html: expect.stringContaining('Count again') });
    expect(wrong.session.progress.questions).toMatchObject({ marks: {}, current: 'choose' });
    const right = await json<QuizResult>(await answer(learner, 'questions', 'choose', 0, ' 42 '));
    expect(right).toMatchObject({ right: true, session: { progress: { questions: { marks: { choose: 'passed' } } } } });
    // A wrong answer afterwards takes nothing away.
    const later = await json<QuizResult>(await answer(learner, 'questions', 'choose', 0, '41'));
    expect(later.session.progress.questions?.marks).toEqual({ choose: 'passed' });

    const terminal = await learner.terminal();
    terminal.type('docker tag alpine:latest mine:1\r');
    await terminal.sees((session) => session.verdict?.state === 'pass', 'the verdict');
    expect(terminal.session?.progress.questions).toMatchObject({
      current: 'do-and-answer',
      checked: ['do-and-answer'],
    });
    // Latched: what has passed stays so.
    terminal.type('docker rmi mine:1; echo removed\r');
    await terminal.shows('Untagged: mine:1');
    const both = await json<QuizResult>(await answer(learner, 'questions', 'do-and-answer', 0, '2'));
    expect(both.session.progress.questions).toMatchObject({
      marks: { choose: 'passed', 'do-and-answer': 'passed' },
      current: null,
      quizzes: { 'do-and-answer': [true] },
    });
    expect(both.session.verdict).toBeNull();
  });

  it.each([
    ['an answer of another kind', 'choose', 0, { answer: [1] }, 400, 'bad-answer'],
    ['no answer', 'choose', 0, {}, 400, 'bad-body'],
    ['more than an answer', 'choose', 0, { answer: '42', right: true }, 400, 'bad-body'],
    ['a huge answer', 'choose', 0, { answer: 'x'.repeat(501) }, 400, 'bad-body'],
    ['a body beyond all measure', 'choose', 0, { answer: 'x'.repeat(5_000) }, 413, 'bad-request'],
    ['an unknown question', 'choose', 7, { answer: '42' }, 404, 'unknown-quiz'],
    ['a question that is no number', 'choose', '__proto__', { answer: '42' }, 404, 'unknown-quiz'],
    ['a question below none', 'choose', '-1', { answer: '42' }, 404, 'unknown-quiz'],
    ['an unknown step', 'constructor', 0, { answer: '42' }, 404, 'unknown-step'],
  ])('refuse %s', async (_, step, quiz, body, status, code) => {
    const learner = new Learner(server);
    await json(await learner.post(routes.open('page')));
    const path = routes.quiz('questions', step, quiz as number);
    const refused = await learner.post(path, { body: JSON.stringify(body) });
    expect(await json(refused, status)).toMatchObject({ error: { code } });
    // Positive control, also in a lesson that is not open.
    const taken = await json<QuizResult>(await answer(learner, 'questions', 'choose', 0, '42'));
    expect(taken.right).toBe(true);
  });

  it('are answered for oneself only', async () => {
    const [one, other] = [new Learner(server), new Learner(server)];
    for (const learner of [one, other]) await json(await learner.post(routes.open('page')));
    await json(await answer(one, 'questions', 'choose', 0, '42'));
    expect((await other.session()).progress.questions).toBeUndefined();
    expect(await json(await answer(new Learner(server), 'questions', 'choose', 0, '42'), 404)).toMatchObject({
      error: { code: 'no-session' },
    });
  });
});

describe('the work at the terminal', () => {
  it('is prepared, helped, shown and explained', async () => {
    const learner = new Learner(server);
    const began = Date.now();
    await learner.open('work');
    const setUpMs = Date.now() - began;
    console.info(`set-up: ${setUpMs} ms`);
    const terminal = await learner.terminal();
    terminal.type('cat ~/notes/hello.txt; docker images --format "{{.Repository}}:{{.Tag}}" | sort | tr "\\n" ,\r');
    await terminal.shows(/hello\r\nalpine:latest,other\/name:2,registry:2,/);
    terminal.type('curl -s -u alice:s3cret http://localhost:5000/v2/team/app/tags/list; curl -si localhost:5000/v2/\r');
    await terminal.shows('"tags":["1.0"]');
    await terminal.shows('401 Unauthorized');
    await terminal.shows('UNAUTHORIZED');

    // Hints, one by one, those that do not fit are skipped.
    const hints = async () => {
      const session = await json<Session>(await learner.post(routes.hint('work', 'tag-by-id')));
      return session.progress.work?.hints['tag-by-id'];
    };
    expect(await hints()).toEqual([0]);
    expect(await hints()).toEqual([0, 2]);
    expect(await hints()).toEqual([0, 2]);

    // The learner's own values, and the solution with them.
    const values = await json<Record<string, string>>(await learner.get(routes.values('work', 'tag-by-id')));
    expect(values).toEqual({ id: expect.stringMatching(/^[0-9a-f]{12}$/), what: 'mine' });
    expect(await json(await learner.get(routes.evidence('work', 'log-in')), 404)).toMatchObject({
      error: { code: 'no-evidence' },
    });
    terminal.type("echo 'half typed");
    await terminal.shows("'half typed");
    const shown = await json<Session>(await learner.post(routes.show('work', 'tag-by-id')));
    expect(shown.progress.work?.shown).toEqual(['tag-by-id']);
    await terminal.shows(`docker tag ${values.id} mine:1`);
    await terminal.sees((session) => session.progress.work?.marks['tag-by-id'] === 'passed', 'the step to pass');

    // Why it passed.
    const evidence = await json<Evidence>(await learner.get(routes.evidence('work', 'tag-by-id')));
    expect(evidence).toMatchObject({
      verdict: 'pass',
      command: { line: `docker tag ${values.id} mine:1` },
    });
    expect(evidence.facts.map(({ asked }) => asked)).toContain('image mine:1');

    // Questions of a program are answered when they are asked.
    // The step may pass a moment before its solution is typed to its end.
    await until(async () => (await learner.post(routes.show('work', 'log-in'))).status === 200, 'the next solution');
    await terminal.sees((session) => session.progress.work?.marks['log-in'] === 'passed', 'the login to pass');

    // A wrong attempt, and the report of it.
    terminal.type('docker version --nonsense\r');
    await terminal.sees((session) => session.verdict?.state === 'fail', 'the fail');
    const { message } = terminal.session?.verdict ?? {};
    const report = (body: object) => learner.post(routes.report('work', 'say-it'), { body: JSON.stringify(body) });
    await json(await report({ note: 'I did <b>what</b> it says' }));
    expect(await json(await report({ note: 5 }), 400)).toMatchObject({ error: { code: 'bad-body' } });
    expect(await json(await report({ note: 'x'.repeat(1001) }), 400)).toMatchObject({ error: { code: 'bad-body' } });
    const failed = await json<Evidence>(await learner.get(routes.evidence('work', 'say-it')));
    expect(failed).toMatchObject({ verdict: 'fail', message, command: { line: 'docker version --nonsense' } });

    // The prompt is busy, and the page says so.
    terminal.type('echo no"w" asleep; sleep 30\r');
    await terminal.shows('now asleep');
    await until(async () => (await learner.post(routes.show('work', 'say-it'))).status === 409, 'the refusal');
    expect(await json(await learner.post(routes.show('work', 'say-it')), 409)).toMatchObject({
      error: { code: 'prompt-busy' },
    });
    terminal.type('\x03');

    // A shell inside the shell hides what this step reads: that is said at once, and no more when it is left.
    terminal.type('sh\r');
    await terminal.sees((session) => session.verdict?.message.includes('a prompt of its own') ?? false, 'the notice');
    terminal.type('exit\r');
    await terminal.sees((session) => !session.verdict?.message.includes('a prompt of its own'), 'the notice to go');
    terminal.type('docker version\r');
    await terminal.sees((session) => session.progress.work?.current === null, 'the last step to pass');

    // Whoever runs Slipway reads the report, while the server runs.
    const status = JSON.parse(
      execFileSync('node', ['server/cli/status.ts', '--json', '--data-dir', server.dataDir], { encoding: 'utf8' }),
    );
    expect(status).toMatchObject({ server: server.pid });
    expect(status.reports).toMatchObject([
      {
        lesson: 'work',
        step: 'say-it',
        note: 'I did <b>what</b> it says',
        evidence: { message, command: { line: 'docker version --nonsense' } },
      },
    ]);
  });

  it('is there again after another lesson and after the end of a server in the middle of a set-up', async () => {
    await using own = await TestServer.start({ args: course.args });
    const learner = new Learner(own);
    await learner.open('work');
    const terminal = await learner.terminal();
    terminal.type('docker tag alpine:latest mine:1\r');
    await terminal.sees((session) => session.progress.work?.marks['tag-by-id'] === 'passed', 'the step to pass');
    await learner.open('questions');
    terminal.type('docker rm -f registry; docker rmi other/name:2; rm ~/notes/hello.txt; touch ~/mine.txt\r');
    await terminal.shows('Untagged: other/name:2');
    const opened = await json<Session>(await learner.post(routes.open('work')));
    expect(opened.setup.state).toBe('running');
    await own.end('SIGKILL');
    await own.start();
    await until(async () => (await learner.session()).setup.state === 'ready', 'the set-up');
    expect((await learner.session()).progress.work).toMatchObject({
      marks: { 'tag-by-id': 'passed' },
      current: 'log-in',
    });
    const again = await learner.terminal({ id: terminal.id, from: terminal.next });
    again.type('clear; ls ~ ~/notes; docker images --format "{{.Repository}}:{{.Tag}}" | sort | tr "\\n" ,\r');
    await again.shows(/mine\.txt[^]*hello\.txt[^]*alpine:latest,mine:1,other\/name:2,registry:2,/);
    again.type('curl -s -u alice:s3cret http://localhost:5000/v2/team/app/tags/list\r');
    await again.shows('"tags":["1.0"]');
  });

  it('takes the place of what stands in its way, and a failure of ours is tried again', async () => {
    const learner = new Learner(server);
    await learner.open('questions');
    const terminal = await learner.terminal();
    terminal.type(
      'docker run -d -p 5000:5000 --name mine registry:2 && docker tag alpine:latest localhost:5000/kept:1\r',
    );
    await terminal.shows(/[0-9a-f]{64}/);
    terminal.type('docker create --name user localhost:5000/kept:1; mkdir -p ~/left; touch ~/left/over.txt\r');
    await until(() => (terminal.output.match(/[0-9a-f]{64}/g)?.length ?? 0) > 1, 'the second container');
    // A file where the lesson wants a folder.
    terminal.type('touch ~/notes; echo do"ne"\r');
    await terminal.shows('done\r\n');
    await json(await learner.post(routes.open('work')));
    await until(async () => (await learner.session()).setup.state === 'failed', 'the failure');
    expect((await learner.session()).setup).toMatchObject({ message: expect.stringContaining('~/notes/hello.txt') });
    expect(await json(await learner.post(routes.setup('questions')), 409)).toMatchObject({
      error: { code: 'not-open' },
    });
    terminal.type('rm ~/notes; echo go"ne"\r');
    await terminal.shows('gone\r\n');
    await json(await learner.post(routes.setup('work')));
    await until(async () => (await learner.session()).setup.state !== 'running', 'the set-up to end');
    expect((await learner.session()).setup).toEqual({ state: 'ready' });
    // One that has not failed is left alone.
    expect(await json<Session>(await learner.post(routes.setup('work')))).toMatchObject({ setup: { state: 'ready' } });
    terminal.type(
      'clear; ls ~/left; docker ps --format "{{.Names}}|"; docker images -q localhost:5000/kept; echo e"nd"\r',
    );
    await terminal.shows('end\r\n');
    const { output } = terminal;
    const shown = output.slice(output.lastIndexOf('\x1b[2J'));
    expect(shown).toContain('registry|');
    for (const gone of ['mine|', 'user|', 'over.txt']) expect(shown).not.toContain(`${gone}\r`);
  });
});

it('serves the glossary', async () => {
  const terms = await json(await new Learner(server).get(routes.glossary));
  expect(terms).toEqual([{ id: 'tag', title: 'Tag', html: '<p>A name that <strong>moves</strong>.</p>\n' }]);
});
