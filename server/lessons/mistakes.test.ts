// Every kind of mistake in a lesson's files, and what its author reads: file, line, what was expected, the nearest right word.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseGlossary } from './glossary.ts';
import { loadAttempts, loadLesson, loadLessons } from './load.ts';
import { parseLesson } from './parse.ts';

const FRONT = '---\ntitle: A lesson\nsummary: A sentence that is long enough.\nminutes: 5\n---\n';
const SH = '```sh\ndocker pull nginx:latest\n```\n';
const CHECK = '```check\n- image.present: {image: "nginx:latest"}\n```\n';
const STEP = `## Pull it\n\n${SH}\n${CHECK}`;

const front = (yaml: string) => `---\ntitle: A lesson\nsummary: A sentence that is long enough.\n${yaml}\n---\n${STEP}`;
const step = (more: string) => `${FRONT}${STEP}\n${more}`;
const check = (yaml: string) => `${FRONT}## A\n\n${SH}\n\`\`\`check\n${yaml}\n\`\`\`\n`;
const quiz = (yaml: string) => `${FRONT}## A\n\n\`\`\`quiz\nquestion: "What is it?"\n${yaml}\n\`\`\`\n`;

describe('a lesson with a mistake', () => {
  it.each([
    // Front matter
    ['no front matter', '## A\n', '1: a lesson starts with front matter between two lines of `---`'],
    ['front matter without an end', '---\ntitle: A\n## A\n', '1: the front matter has no end'],
    ['an empty file', '', '1: a lesson starts with front matter'],
    ['front matter with nothing in it', '---\n\n---\n', '2: expected a mapping, and there is nothing'],
    ['front matter that is a list', '---\n- title\n---\n', '2: expected a mapping, got a list'],
    ['a key that is missing', '---\ntitle: A lesson\nminutes: 5\n---\n', '2: `summary` is missing; expected a text'],
    ['a misspelt key', front('minuets: 5'), '4: unknown key `minuets`; did you mean `minutes`?'],
    [
      'a key far from any',
      front('minutes: 5\nauthor: me'),
      '5: unknown key `author`; expected one of title, summary, minutes, needs, goals, sources, page, setup',
    ],
    [
      'a misspelt key in a set-up',
      front('minutes: 5\nsetup:\n  absent: {image: []}'),
      '6: unknown key `image`; did you mean `images`?',
    ],
    [
      'a misspelt key in a list',
      front('minutes: 5\nsetup:\n  registries:\n    - name: registry\n      prot: 5000'),
      '8: unknown key `prot`; did you mean `port`?',
    ],
    ['a wrong type', front('minutes: five'), '4: `minutes`: expected a number, got a text'],
    ['a half of a minute', front('minutes: 2.5'), '4: `minutes`: expected a whole number'],
    ['a list that is a text', front('minutes: 5\ngoals: learn'), '5: `goals`: expected a list, got a text'],
    ['a number out of range', front('minutes: 500'), '4: `minutes`: Too big: expected number to be <=120'],
    [
      'a name that is none',
      front('minutes: 5\nsetup:\n  absent:\n    containers: ["-x"]'),
      '7: `setup.absent.containers.0`: expected a container name',
    ],
    ['a path outside of home', front('minutes: 5\nsetup:\n  files:\n    ~/../x: text'), '7: '],
    [
      'a source over http',
      front('minutes: 5\nsources:\n  - {title: Docker, url: "http://docs.docker.com/"}'),
      '6: `sources.0.url`: Invalid URL',
    ],
    // YAML
    ['a bracket that stays open', front('minutes: ['), '5: not YAML: Flow sequence'],
    ['a key twice', front('minutes: 5\nminutes: 6'), '5: not YAML: Map keys must be unique'],
    ['a quote that stays open', front('minutes: "5'), ': not YAML: Missing closing "quote'],
    [
      'a backtick without quotes',
      step('```hint\n- `docker pull`\n```\n'),
      '17: not YAML: Plain value cannot start with reserved character `',
    ],
    ['a tag of YAML', front('minutes: !!js/function x'), '4: not YAML: Unresolved tag'],
    [
      'a bomb of aliases',
      front('minutes: 5\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]'),
      '6: an alias (`*a`) is not taken; write it out',
    ],
    // Structure
    ['no step', FRONT, '6: a lesson needs at least one step (`## Heading`), or `page: true`'],
    ['a title in the text', `${FRONT}# A lesson\n${STEP}`, '6: the title stands in the front matter'],
    ['a heading without letters', `${FRONT}## …\n\n${CHECK}`, '6: the heading has no letters to make an id of'],
    ['two steps of one id', step(STEP), '16: step id `pull-it` is used twice, first in line 6'],
    ['a step with nothing to pass', `${FRONT}## A\n\n${SH}`, '6: step `a` has no `check` fence and no `quiz` fence'],
    ['a step without a solution', `${FRONT}## A\n\n${CHECK}`, '6: step `a` has neither a `sh` nor a `solution` fence'],
    [
      'a check before the first step',
      `${FRONT}${CHECK}${STEP}`,
      '6: a `check` fence belongs to a step: put it after a `## ` heading',
    ],
    [
      'a check on a page',
      `${FRONT.replace('minutes', 'page: true\nminutes')}${STEP}`,
      '13: a `check` fence belongs to a step: and a page has none',
    ],
    // Fences
    ['an unknown fence', step('```chekc\n- x\n```\n'), '16: unknown fence `chekc`; did you mean `check`?'],
    [
      'a fence far from any',
      step('```dockerfile\nFROM x\n```\n'),
      '16: unknown fence `dockerfile`; expected sh, solution, check, hint, quiz, text, json or none',
    ],
    ['a fence without an end', step('```hint\n- x\n'), '16: the fence that begins here has no end'],
    [
      'a fence in a list',
      step('- one\n\n  ```check\n  - x\n  ```\n'),
      '18: a `check` fence must stand by itself, not inside a list',
    ],
    [
      'words after a fence that takes none',
      step('```check once\n- x\n```\n'),
      '16: nothing may stand after `check` here, and `once` does',
    ],
    [
      'an answer where a command is shown',
      step('```sh\ndocker login\n< learner\n```\n'),
      '16: a line `< answer` is for a `solution` fence',
    ],
    ['an empty check', check(''), '13: expected a list, and there is nothing'],
    // Placeholders
    ['a placeholder without a value', step('```sh\ndocker rmi <image_id>\n```\n'), '16: `<image_id>` needs a value'],
    [
      'a value without a placeholder',
      step('```sh image_id="image-id nginx"\ndocker images\n```\n'),
      '16: no command here has the placeholder `<image_id>`',
    ],
    [
      'an unknown kind of value',
      step('```sh image_id="imageid nginx"\ndocker rmi <image_id>\n```\n'),
      '16: placeholder `image_id`: unknown kind `imageid`; did you mean `image-id`?',
    ],
    [
      'a value of no image',
      step('```sh image_id="image-id NGINX"\ndocker rmi <image_id>\n```\n'),
      '16: placeholder `image_id`: expected an image reference',
    ],
    [
      'a digest without a registry',
      step('```sh d="digest nginx:1.26"\necho <d>\n```\n'),
      '16: placeholder `d`: expected a tag in a registry',
    ],
    [
      'values that cannot be read',
      step('```sh image_id=nginx\ndocker rmi <image_id>\n```\n'),
      '16: expected placeholders like `image_id="image-id nginx:latest"`, got `image_id=nginx`',
    ],
    [
      'two values of one placeholder',
      step('```sh a="text b"\necho <a>\n```\n\n```sh a="text c"\necho <a>\n```\n'),
      '20: `<a>` stands for something else earlier in this step',
    ],
    // Checks
    [
      'an unknown type of check',
      check('- image.presnet: {image: "nginx"}'),
      '13: unknown check type `image.presnet`; did you mean `image.present`?',
    ],
    [
      'a type of check far from any',
      check('- weather: {}'),
      '13: unknown check type `weather`; expected one of all, any, command, ',
    ],
    [
      'two checks in one',
      check('- image.present: {image: "nginx"}\n  image.absent: {images: ["x"]}'),
      '14: each check is one key, its type',
    ],
    [
      'a misspelt parameter',
      check('- command: {run: ["docker ps"], optput: x}'),
      '13: unknown key `optput`; did you mean `output`?',
    ],
    [
      'a misspelt parameter of a check in a check',
      check('- all:\n    checks:\n      - image.present: {imgae: nginx}'),
      '15: unknown key `imgae`; did you mean `image`?',
    ],
    [
      'an unknown check in a check',
      check('- not:\n    check: {image.presnt: {image: nginx}}\n    says: "No."'),
      '14: unknown check type `image.presnt`; did you mean `image.present`?',
    ],
    [
      'a parameter that is missing',
      check('- registry.tag: {registry: "localhost:5000", repository: a}'),
      '13: `0.registry.tag.tag` is missing; expected a text',
    ],
    [
      'a tag that YAML reads as a number',
      check('- registry.tag: {registry: "localhost:5000", repository: a, tag: 1.0}'),
      '13: `0.registry.tag.tag`: expected a text, got a number; put it in quotes',
    ],
    [
      'an image that is none',
      check('- image.present: {image: "Nginx"}'),
      '13: `0.image.present.image`: expected an image reference',
    ],
    [
      'a pattern that is none',
      check('- command: {run: ["docker ps"], output: "("}'),
      '13: `0.command.output`: expected a regular expression',
    ],
    // Hints
    ['a hint that is no list', step('```hint\ntext\n```\n'), '17: expected a list, got a text'],
    [
      'a misspelt key of a hint',
      step('```hint\n- {text: x, wehn: []}\n```\n'),
      '17: unknown key `wehn`; did you mean `when`?',
    ],
    [
      'a misspelt check of a hint',
      step('```hint\n- {text: x, when: [{image.presnet: {image: nginx}}]}\n```\n'),
      '17: unknown check type `image.presnet`; did you mean `image.present`?',
    ],
    // Quizzes
    ['an unknown type of quiz', quiz('type: singel'), '10: unknown type `singel`; did you mean `single`?'],
    [
      'a quiz without a type',
      quiz('why: "So."'),
      '9: `type` is missing; expected one of single, several, order, match, typed',
    ],
    [
      'a misspelt key of a quiz',
      quiz('type: order\nitmes: [a, b]\nwhy: "So."'),
      '11: unknown key `itmes`; did you mean `items`?',
    ],
    [
      'no right choice',
      quiz('type: single\nchoices:\n  - {text: a, why: b}\n  - {text: c, why: d}'),
      '11: exactly one choice must have `right: true`',
    ],
    [
      'two right choices of one',
      quiz('type: single\nchoices:\n  - {text: a, why: b, right: true}\n  - {text: c, why: d, right: true}'),
      '11: exactly one choice must have `right: true`',
    ],
    [
      'several of which none is right',
      quiz('type: several\nchoices:\n  - {text: a, why: b}\n  - {text: c, why: d}'),
      '11: at least one choice must have `right: true`',
    ],
    [
      'a choice twice',
      quiz('type: single\nchoices:\n  - {text: a, why: b, right: true}\n  - {text: a, why: d}'),
      '13: choice `a` is there twice',
    ],
    [
      'a choice without a why',
      quiz('type: single\nchoices:\n  - {text: a, right: true}\n  - {text: c, why: d}'),
      '12: `choices.0.why` is missing; expected a text',
    ],
    ['an item twice', quiz('type: order\nitems: [a, b, a]\nwhy: "So."'), '11: no item may be there twice'],
    [
      'a match with one right side',
      quiz('type: match\npairs: {a: x, b: x}\nwhy: "So."'),
      '11: at least two different right sides are needed',
    ],
    [
      'words for a left side that is none',
      quiz('type: match\npairs: {layer: x, blob: y}\nwrong: {layre: "No."}\nwhy: "So."'),
      '12: `layre` is no left side; did you mean `layer`?',
    ],
    ['a typed quiz without an answer', quiz('type: typed\nwhy: "So."'), ': either `answer` or `digest` is needed'],
    [
      'a typed quiz with two answers',
      quiz(
        'type: typed\nanswer: x\ndigest: {registry: "localhost:5000", repository: a, tag: b, of: config}\nwhy: "So."',
      ),
      ': either `answer` or `digest` is needed',
    ],
    [
      'an answer both right and wrong',
      quiz('type: typed\nanswer: IMAGE ID\nwrong: {" image id": "No."}\nwhy: "So."'),
      '12: ` image id` is right and wrong',
    ],
    [
      'a digest of something else',
      quiz('type: typed\ndigest: {registry: "localhost:5000", repository: a, tag: b, of: conifg}\nwhy: "So."'),
      '11: unknown of `conifg`; did you mean `config`?',
    ],
  ])('%s', (_, text, message) => {
    const say = () => parseLesson(text, 'x.md');
    expect(say).toThrow(message);
    expect(say).toThrow(/^x\.md:\d+: /);
  });

  it('the same texts without the mistake are taken', () => {
    expect(() =>
      parseLesson(step('```sh image_id="image-id nginx"\ndocker rmi <image_id>\n```\n'), 'x.md'),
    ).not.toThrow();
    expect(() => parseLesson(front('minutes: 5'), 'x.md')).not.toThrow();
    expect(() => parseLesson(check('- command: {run: ["docker ps"], output: x}'), 'x.md')).not.toThrow();
    expect(() => parseLesson(quiz('type: order\nitems: [a, b]\nwhy: "So."'), 'x.md')).not.toThrow();
  });
});

describe('a file with a mistake', () => {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-lessons-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(join(dir, '01-a-lesson'), { recursive: true });
    writeFileSync(join(dir, '01-a-lesson', name), content);
  };
  const load = () => loadLesson(dir, '01-a-lesson');

  it('is not there', () => {
    mkdirSync(join(dir, '01-a-lesson'), { recursive: true });
    expect(load).toThrow('01-a-lesson/lesson.md:1: cannot be read: ENOENT');
  });

  it('is huge', () => {
    write('lesson.md', `${FRONT}${STEP}${'x'.repeat(300 * 1024)}`);
    expect(load).toThrow('01-a-lesson/lesson.md:1: is larger than 256 KiB');
  });

  it('is no text', () => {
    write('lesson.md', Buffer.from(`${FRONT}\nab\0c`));
    expect(load).toThrow('01-a-lesson/lesson.md:7: is not text: it has a NUL byte');
    write('lesson.md', Buffer.concat([Buffer.from(FRONT), Buffer.from([0x61, 0xff, 0xfe])]));
    expect(load).toThrow('01-a-lesson/lesson.md:6: is not text in UTF-8');
  });

  it('comes from Windows, which is none', () => {
    write('lesson.md', `\ufeff${FRONT}${STEP}`.replaceAll('\n', '\r\n'));
    expect(load()).toMatchObject({ slug: 'a-lesson', steps: [{ id: 'pull-it', line: 6 }] });
  });

  it('lists attempts at a step that is not there', () => {
    write('lesson.md', `${FRONT}${STEP}`);
    const lesson = load();
    write(
      'attempts.yaml',
      '- step: pull-it\n  run: ["docker pul"]\n  says: "No."\n- step: pul-it\n  run: [x]\n  says: "No."\n',
    );
    expect(() => loadAttempts(lesson)).toThrow('attempts.yaml:4: there is no step `pul-it`; did you mean `pull-it`?');
    write('attempts.yaml', '- step: pull-it\n  run: ["docker pul"]\n  say: "No."\n');
    expect(() => loadAttempts(lesson)).toThrow('attempts.yaml:3: unknown key `say`; did you mean `says`?');
    write('attempts.yaml', '- step: pull-it\n  run: ["docker pul"]\n  says: "No."\n');
    expect(loadAttempts(lesson)).toHaveLength(1);
  });

  it('is in a folder without lessons', () => {
    expect(() => loadLessons(join(dir, 'nowhere'))).toThrow('the lessons cannot be read: ENOENT');
    mkdirSync(join(dir, 'empty'));
    expect(() => loadLessons(join(dir, 'empty'))).toThrow('has no lesson (a folder NN-slug with a lesson.md)');
  });
});

describe('a glossary with a mistake', () => {
  it.each([
    [
      'a term twice',
      '# Glossary\n\n## Layer\n\nA set.\n\n## *Layer*\n\nA set.\n',
      'g.md:7: term `layer` is defined twice, first in line 3',
    ],
    ['a term without a definition', '## Layer\n\n## Tag\n\nA name.\n', 'g.md:1: term `Layer` has no definition'],
    ['a heading without letters', '## …\n\nText.\n', 'g.md:1: the heading has no letters'],
    ['a heading in a definition', '## Layer\n\n### More\n', 'g.md:3: a term is a heading with two `##`'],
  ])('%s', (_, text, message) => {
    expect(() => parseGlossary(text, 'g.md')).toThrow(message);
  });

  it('and one without', () => {
    expect(parseGlossary('# Glossary\n\n## CI/CD\n\nA [*run*](#pull).\n', 'g.md')).toEqual([
      {
        id: 'cicd',
        title: 'CI/CD',
        line: 3,
        html: '<p>A <button type="button" class="term" data-term="pull"><em>run</em></button>.</p>\n',
      },
    ]);
  });
});
