// Own lessons stand beside the course; whatever is wrong with them, the course is offered, and what is wrong is said.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerQuiz } from './answer.ts';
import { lintLessons } from './lint.ts';
import { loadAttempts, summaryOf, viewOf } from './load.ts';
import { forLearners, loadOffered } from './own.ts';

const lesson = (title: string, setup = '', prose = 'Look.') =>
  `---\ntitle: ${title}\nsummary: A lesson of a test, in one sentence.\nminutes: 5\n${setup}---\n\nTo begin with.\n\n` +
  `## Do it\n\n${prose}\n\n\`\`\`sh\ndocker pull alpine\n\`\`\`\n\n\`\`\`check\n- image.present: {image: alpine}\n\`\`\`\n`;

let root: string;
let course: string;
let team: string;
const put = (file: string, text: string) => {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-own-'));
  course = join(root, 'course');
  team = join(root, 'Team lessons');
  put('course/01-first/lesson.md', lesson('First'));
  put('course/02-second/lesson.md', lesson('Second'));
  put('course/glossary.md', '# Glossary\n\n## Tag\n\nA name.\n');
  put('Team lessons/01-house/lesson.md', lesson('House'));
  put('Team lessons/02-rules/lesson.md', lesson('Rules'));
});
afterEach(() => rmSync(root, { recursive: true }));

const offered = (...own: string[]) => {
  const { lessons, glossary, leftOut } = loadOffered(course, own);
  return {
    slugs: lessons.all.map(({ slug }) => slug),
    terms: glossary.map(({ id, html }) => `${id}: ${html.replace(/<[^>]+>|\n/g, '')}`),
    leftOut: leftOut.map(({ file, line, message }) => `${file.slice(root.length + 1)}:${line}: ${message}`),
  };
};

describe('own lessons', () => {
  it('stand after the course, under the name of their folder, and lead on within it', () => {
    put('shop/01-till/lesson.md', lesson('Till'));
    // A checkout of Git is a folder of lessons, too.
    mkdirSync(join(team, '.git'));
    const { lessons, leftOut } = loadOffered(course, [team, join(root, 'shop')]);
    expect(leftOut).toEqual([]);
    expect(lessons.all.map((one) => [one.slug, summaryOf(one).heading, lessons.after(one)?.slug ?? null])).toEqual([
      ['first', null, 'second'],
      ['second', null, null],
      ['house', 'Team lessons', 'rules'],
      ['rules', 'Team lessons', null],
      ['till', 'shop', null],
    ]);
  });

  it('are left out where they are broken, clash, or are called otherwise, and the others stay', () => {
    put('Team lessons/01-house/lesson.md', lesson('House').replace('minutes', 'minuets'));
    put('Team lessons/03-second/lesson.md', lesson('Another second'));
    put('Team lessons/04-empty/notes.md', '');
    put('Team lessons/extra/lesson.md', lesson('Extra'));
    put('shop/01-rules/lesson.md', lesson('Other rules'));
    expect(offered(team, join(root, 'shop'))).toMatchObject({
      slugs: ['first', 'second', 'rules'],
      leftOut: [
        'Team lessons/01-house/lesson.md:4: unknown key `minuets`; did you mean `minutes`?',
        `Team lessons/03-second/lesson.md:1: has the address /lessons/second of ${course}/02-second`,
        expect.stringContaining('Team lessons/04-empty/lesson.md:1: cannot be read: ENOENT'),
        'Team lessons/extra/lesson.md:1: the folder of a lesson has a name like `01-slug`',
        `shop/01-rules/lesson.md:1: has the address /lessons/rules of ${team}/02-rules`,
      ],
    });
  });

  it('build on the course and on each other, and on nothing that is not there', () => {
    put('Team lessons/02-rules/lesson.md', lesson('Rules', 'needs: [second, house]\n'));
    expect(offered(team)).toMatchObject({ slugs: ['first', 'second', 'house', 'rules'], leftOut: [] });
    put('Team lessons/01-house/lesson.md', lesson('House', 'needs: [first, rules]\n'));
    put('Team lessons/02-rules/lesson.md', lesson('Rules', 'needs: [secnd]\n'));
    expect(offered(team)).toMatchObject({
      slugs: ['first', 'second'],
      leftOut: [
        'Team lessons/01-house/lesson.md:5: `needs`: there is no lesson `rules` before this one',
        'Team lessons/02-rules/lesson.md:5: `needs`: there is no lesson `secnd` before this one; did you mean `second`?',
      ],
    });
    expect(lintLessons(course, [team]).map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining('`rules` before'), expect.stringContaining('`secnd` before')]),
    );
    put('course/01-first/lesson.md', lesson('First', 'needs: [first]\n'));
    expect(() => loadOffered(course, [])).toThrow('01-first/lesson.md:5: `needs`: there is no lesson `first`');
  });

  it('may be none yet, which is told; a folder that is not there refuses the start', () => {
    mkdirSync(join(root, 'empty'));
    expect(offered(join(root, 'empty'))).toMatchObject({
      slugs: ['first', 'second'],
      leftOut: ['empty:1: has no lesson (a folder NN-slug with a lesson.md)'],
    });
    expect(() => offered(join(root, 'nowhere'))).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/cannot be read: ENOENT.*nowhere/),
        next: 'Name their folder with --lessons.',
      }),
    );
    expect(() => offered(join(team, '01-house/lesson.md'))).toThrow(/cannot be read: ENOTDIR/);
  });

  it('do not hide that the course is broken', () => {
    put('course/02-second/lesson.md', 'nothing');
    expect(() => offered(team)).toThrow('course/02-second/lesson.md:1: a lesson starts with front matter');
  });

  it('are told of to learners without the way to them', () => {
    put('Team lessons/03-second/lesson.md', lesson('Another second'));
    put('Team lessons/04-empty/notes.md', '');
    mkdirSync(join(team, '05-gone'));
    symlinkSync('/nowhere/secret', join(team, '05-gone/lesson.md'));
    const { leftOut } = loadOffered(course, [team]);
    expect(JSON.stringify(leftOut)).toContain(root);
    const told = forLearners(leftOut, [course, team]);
    expect(told.map(({ file, line, message }) => `${file}:${line}: ${message}`)).toEqual([
      'Team lessons/03-second/lesson.md:1: has the address /lessons/second of course/02-second',
      'Team lessons/04-empty/lesson.md:1: cannot be read: ENOENT: no such file or directory',
      'Team lessons/05-gone/lesson.md:1: cannot be read: ENOENT: no such file or directory',
    ]);
  });
});

describe('links and sizes', () => {
  it('no link leads out of the folder; one within it is read', () => {
    put('outside/lesson.md', lesson('Outside'));
    put('outside/attempts.yaml', '- {step: do-it, run: [x], says: "No."}\n');
    put('outside/glossary.md', '## Secret\n\nOf others.\n');
    put('Team lessons/common/text.md', lesson('Within'));
    mkdirSync(join(team, '03-file'));
    symlinkSync(join(root, 'outside/lesson.md'), join(team, '03-file/lesson.md'));
    symlinkSync(join(root, 'outside'), join(team, '04-folder'));
    symlinkSync('/etc', join(team, '05-etc'));
    mkdirSync(join(team, '06-within'));
    symlinkSync('../common/text.md', join(team, '06-within/lesson.md'));
    mkdirSync(join(team, '07-passwd'));
    symlinkSync('/etc/passwd', join(team, '07-passwd/lesson.md'));
    symlinkSync(join(root, 'outside/glossary.md'), join(team, 'glossary.md'));
    symlinkSync(join(root, 'outside/attempts.yaml'), join(team, '01-house/attempts.yaml'));
    const out = 'is a link that leads out of the folder of lessons';
    expect(offered(team)).toEqual({
      slugs: ['first', 'second', 'house', 'rules', 'within'],
      terms: ['tag: A name.'],
      leftOut: [
        `Team lessons/03-file/lesson.md:1: ${out}`,
        `Team lessons/04-folder/lesson.md:1: ${out}`,
        expect.stringContaining('Team lessons/05-etc/lesson.md:1: cannot be read: ENOENT'),
        `Team lessons/07-passwd/lesson.md:1: ${out}`,
        `Team lessons/glossary.md:1: ${out}`,
      ],
    });
    const house = loadOffered(course, [team]).lessons.get('house');
    expect(() => loadAttempts(house)).toThrow(`attempts.yaml:1: ${out}`);
  });

  it('a folder that is a link itself is as good as any', () => {
    symlinkSync(team, join(root, 'by-link'));
    expect(offered(join(root, 'by-link'))).toMatchObject({ slugs: ['first', 'second', 'house', 'rules'], leftOut: [] });
  });

  it.each([
    ['a huge file', 'x'.repeat(300 * 1024), 'is larger than 256 KiB'],
    ['brackets within brackets', `${lesson('Deep')}${'['.repeat(200_000)}`, null],
    ['quotes within quotes', `${lesson('Deep')}\n${'> '.repeat(10_000)}x`, null],
    ['lists within lists of YAML', lesson('Deep', `goals: ${'['.repeat(100_000)}\n`), null],
  ])('%s takes neither the course nor much time', (_, text, message) => {
    put('Team lessons/01-house/lesson.md', text);
    const beganMs = Date.now();
    const { slugs, leftOut } = offered(team);
    expect(slugs.filter((slug) => slug !== 'house')).toEqual(['first', 'second', 'rules']);
    if (message !== null) expect(leftOut).toEqual([`Team lessons/01-house/lesson.md:1: ${message}`]);
    // Either it is a lesson or it is told.
    else expect([slugs.includes('house'), leftOut.length > 0]).toContain(true);
    expect(Date.now() - beganMs).toBeLessThan(20_000);
  });
});

describe('the glossary of own lessons', () => {
  it('adds to that of the course, which keeps its definitions', () => {
    put('Team lessons/glossary.md', '# Ours\n\n## Gate\n\nOur review.\n\n## Tag\n\nA label on clothes.\n');
    expect(offered(team)).toMatchObject({
      terms: ['tag: A name.', 'gate: Our review.'],
      leftOut: ['Team lessons/glossary.md:7: `Tag` is defined already, and that definition stays'],
    });
  });

  it('is left out where it is broken', () => {
    put('Team lessons/glossary.md', '## Gate\n');
    expect(offered(team)).toMatchObject({
      slugs: ['first', 'second', 'house', 'rules'],
      terms: ['tag: A name.'],
      leftOut: ['Team lessons/glossary.md:1: term `Gate` has no definition'],
    });
  });
});

describe('a hostile lesson', () => {
  it.each([
    ['a file of the host', 'files: {"/etc/cron.d/x": "x"}', 'expected a path in the home folder'],
    ['a file above the home folder', 'files: {"~/../../etc/x": "x"}', 'expected a path in the home folder'],
    ['the removal of one', 'absent: {files: ["~/a/../../../etc/passwd"]}', 'expected a path in the home folder'],
    ['a mount', 'containers: [{name: a, image: alpine, volumes: ["/:/host"]}]', 'unknown key `volumes`'],
    ['privileges', 'containers: [{name: a, image: alpine, privileged: true}]', 'unknown key `privileged`'],
    ['an option as a name', 'containers: [{name: "--privileged", image: alpine}]', 'expected a container name'],
    ['an option as an image', 'images: ["--all-tags"]', 'expected an image reference'],
    ['an address of the host', 'registries: [{name: r, port: "127.0.0.1:8080"}]', 'expected a number'],
    ['a command of the host', 'run: ["rm -rf /"]', 'unknown key `run`'],
  ])('asks for %s and is left out', (_, setup, message) => {
    put('Team lessons/01-house/lesson.md', lesson('House', `setup:\n  ${setup}\n`));
    const { slugs, leftOut } = offered(team);
    expect(slugs).not.toContain('house');
    expect(leftOut).toEqual([expect.stringMatching(/^Team lessons\/01-house\/lesson\.md:\d+: /)]);
    expect(leftOut[0]).toContain(message);
    // Positive control: the same lesson with a set-up that stays within.
    put('Team lessons/01-house/lesson.md', lesson('House', 'setup:\n  files: {"~/etc/x": "x"}\n'));
    expect(offered(team)).toMatchObject({ slugs: expect.arrayContaining(['house']), leftOut: [] });
  });

  it('has markup that stays text', async () => {
    const bad = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const prose = [
      `Prose ${bad} [a](javascript:alert(3)) [b](data:text/html,x) ![c](javascript:alert(4) "\\"onload=alert(5)")`,
      `<iframe src="/"></iframe>`,
      `\`\`\`quiz\ntype: typed\nquestion: "Q ${bad}"\nanswer: a\nwhy: "W ${bad}"\n\`\`\``,
      `\`\`\`hint\n- "H ${bad}"\n\`\`\``,
      `\`\`\`sh x="text ${'1'}"\necho '"><script src=x></script>' <x>\n\`\`\``,
    ].join('\n\n');
    const text = lesson('House', `goals: ["G ${bad}"]\n`, prose)
      .replace('title: House', `title: 'T ${bad}'`)
      .replace('## Do it', `## Do ${bad}`);
    put('Team lessons/01-house/lesson.md', text);
    put('Team lessons/glossary.md', `## Gate ${bad}\n\nD ${bad}\n`);
    const { lessons, glossary, leftOut } = loadOffered(course, [team]);
    expect(leftOut).toEqual([]);
    const house = lessons.all.find(({ dir, folder }) => dir === team && folder === '01-house');
    if (!house) throw new Error('it is not offered');
    const view = viewOf(house, null);
    const quizzes = house.steps.flatMap((step) => step.quizzes);
    const answers = await Promise.all(quizzes.map((quiz) => answerQuiz(quiz, 'wrong', async () => null)));
    const html = [
      view.introHtml,
      ...view.steps.flatMap((step) => [step.html, ...step.hints, ...step.quizzes.map(({ question }) => question)]),
      ...answers.map((answer) => answer.html),
      ...glossary.map((term) => term.html),
    ].join('\n');
    for (const part of ['Prose', 'Q', 'W', 'H', 'D']) expect(html).toContain(`${part} &#60;img src=x`);
    expect(html).toContain('&#60;script&#62;');
    expect(html).not.toMatch(/<(script|iframe|img)\b|href=/i);
    // What is no HTML comes as it is; the page shows it as text.
    expect(view.title).toBe(`T ${bad}`);
  });
});

describe('lint', () => {
  const lint = () =>
    lintLessons(course, [team])
      .map(({ file, line, message }) => `${file.slice(root.length + 1)}:${line}: ${message}`)
      .filter((text) => text.startsWith('Team') && !/names no|no `hint`|wrong attempts/.test(text));

  it('asks own folders for no glossary, lets them link the terms of both, and tells of clashes', () => {
    put('Team lessons/01-house/lesson.md', lesson('House', '', 'A [tag](../glossary.md#tag), an image.'));
    expect(lint()).toEqual([]);
    put('Team lessons/glossary.md', '## Gate\n\nOur review.\n\n## Tag\n\nA label.\n');
    put(
      'Team lessons/01-house/lesson.md',
      lesson('House', '', '[It](../glossary.md#gate) and [no](../glossary.md#non)'),
    );
    put('Team lessons/03-second/lesson.md', lesson('Another second'));
    expect(lint()).toEqual([
      expect.stringMatching(/01-house\/lesson\.md:\d+: the glossary has no term `non`/),
      `Team lessons/03-second/lesson.md:1: \`${course}/02-second\` has the same address, /lessons/second`,
      'Team lessons/glossary.md:5: `Tag` is defined by the course, and that definition stays',
      'Team lessons/glossary.md:5: no lesson links `Tag`',
    ]);
  });
});
