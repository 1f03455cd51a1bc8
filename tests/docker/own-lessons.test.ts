// Lessons of whoever runs the server: listed after the course, prepared inside the sandbox, passed; a broken one is told of and missed by nobody.

import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../protocol/http.ts';
import type { Lesson, LessonSummary } from '../../protocol/lesson.ts';
import type { Info } from '../../protocol/session.ts';
import { front, TestCourse } from '../support/course.ts';
import { Learner } from '../support/learner.ts';
import { TestServer } from '../support/server.ts';

const OWN = `${front(
  'The house way',
  `setup:
  images: ["alpine:latest"]
  containers: [{name: own-lesson-probe, image: "alpine:latest", command: ["sleep", "1000"]}]
  files: {"~/own-lesson-probe.txt": "inside\\n"}
`,
)}## Tag it

A [gate](../glossary.md#gate).

\`\`\`sh
docker tag alpine:latest mine:1
\`\`\`

\`\`\`check
- image.present: {image: "mine:1"}
\`\`\`
`;
const PAGE = `${front('Of the course', 'page: true\n')}Read.\n`;

const course = new TestCourse({ '01-page': PAGE }, '## Tag\n\nA name.\n');
const own = new TestCourse(
  { '01-house-way': OWN, '02-broken': front('Broken'), '03-page': PAGE },
  '## Gate\n\nOur review.\n',
);
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ args: ['--max-sandboxes', '2', ...course.args, '--lessons', own.dir] });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  course[Symbol.dispose]();
  own[Symbol.dispose]();
});

it('are listed, prepared in the sandbox and nowhere else, and passed', async () => {
  const learner = new Learner(server);
  const ask = async <T>(path: string) => (await (await learner.get(path)).json()) as T;
  const heading = own.dir.replace('/tmp/', '');
  const listed = await ask<LessonSummary[]>(routes.lessons);
  expect(listed.map((lesson) => [lesson.slug, lesson.heading])).toEqual([
    ['page', null],
    ['house-way', heading],
  ]);
  expect((await ask<Lesson>(routes.lesson('page'))).next).toBeNull();
  expect(await ask(routes.glossary)).toMatchObject([{ id: 'tag' }, { id: 'gate' }]);

  await learner.open('house-way');
  const terminal = await learner.terminal();
  terminal.type('cat ~/own-lesson-probe.txt; docker ps --format "{{.Names}} of the sandbox"\r');
  await terminal.shows('inside');
  await terminal.shows('own-lesson-probe of the sandbox');
  const onHost = execFileSync('docker', ['ps', '-a', '--format', '{{.Names}}'], { encoding: 'utf8' });
  expect(onHost).not.toContain('own-lesson-probe');
  // Positive control: this list has what runs there.
  expect(onHost).toMatch(/slipway-sandbox-\d+/);
  terminal.type('docker tag alpine:latest mine:1\r');
  await terminal.sees((session) => session.progress['house-way']?.marks['tag-it'] === 'passed', 'the step to pass');
});

it('are told of where they are broken or clash: at the start, in the status, and on the page without the way there', async () => {
  const broken = '02-broken/lesson.md:6: a lesson needs at least one step';
  const clash = `03-page/lesson.md:1: has the address /lessons/page of ${course.dir}/01-page`;
  for (const words of [broken, clash]) expect(server.said).toContain(`${own.dir}/${words}`);
  const status = execFileSync('node', ['server/cli/status.ts', '--data-dir', server.dataDir], { encoding: 'utf8' });
  expect(status).toContain('1 of the course, 1 of your own; left out:');
  for (const words of [broken, clash]) expect(status).toContain(`${own.dir}/${words}`);
  const { leftOut } = (await (await new Learner(server).get(routes.info)).json()) as Info;
  expect(leftOut).toMatchObject([
    { file: expect.stringMatching(/^slipway-course-\w+\/02-broken\/lesson\.md$/), line: 6 },
    { file: expect.stringMatching(/^slipway-course-/), line: 1, message: expect.stringMatching(/ of slipway-course-/) },
  ]);
});

it('refuse the start where their folder is not there', async () => {
  await expect(TestServer.start({ args: [...course.args, '--lessons', '/nowhere/lessons'] })).rejects.toThrow(
    /cannot be read: ENOENT[^]*Name their folder with --lessons\./,
  );
});
