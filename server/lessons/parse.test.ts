// A lesson file to a lesson, and what is said of a broken one: file, line and what was expected.

import { describe, expect, it } from 'vitest';
import { loadLessons } from './load.ts';
import { mutantsOf } from './mutants.ts';
import { parseLesson } from './parse.ts';

const FRONT = '---\ntitle: A lesson\nsummary: A sentence that is long enough.\nminutes: 5\n---\n';
const CHECK = '```check\n- image.present: {image: "nginx:latest"}\n```\n';
const STEP = `## Pull it\n\n\`\`\`sh\ndocker pull nginx:latest\n\`\`\`\n\n${CHECK}`;

describe('parseLesson', () => {
  it('reads front matter, introduction, steps, hints and solution', () => {
    const lesson = parseLesson(
      `${FRONT}\nHello *you*.\n\n${STEP}\n\`\`\`hint\n- Nudge\n- "\`docker pull\`"\n\`\`\`\n`,
      'x.md',
    );
    expect(lesson).toMatchObject({
      title: 'A lesson',
      minutes: 5,
      setup: { images: [], absent: { containers: [], images: [] } },
    });
    expect(lesson.introHtml).toContain('<em>you</em>');
    expect(lesson.steps).toMatchObject([
      { id: 'pull-it', title: 'Pull it', solution: ['docker pull nginx:latest'], checks: [{ type: 'image.present' }] },
    ]);
    expect(lesson.steps[0]?.html).toContain('<div class="command" data-command="docker pull nginx:latest">');
    expect(lesson.steps[0]?.html).not.toContain('image.present');
    expect(lesson.steps[0]?.hints).toHaveLength(2);
  });

  it('takes a solution fence before the commands that it shows', () => {
    const lesson = parseLesson(`${FRONT}${STEP}\n\`\`\`solution\ndocker pull -q nginx\n\`\`\`\n`, 'x.md');
    expect(lesson.steps[0]?.solution).toEqual(['docker pull -q nginx']);
  });

  it('lets no HTML and no script link through', () => {
    const lesson = parseLesson(`${FRONT}<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n${STEP}`, 'x.md');
    expect(lesson.introHtml).not.toMatch(/<script|javascript:/);
  });

  it.each([
    ['no front matter', '## A\n', 'x.md:1: a lesson starts with front matter'],
    ['front matter that is no YAML', '---\ntitle: [\n---\n', 'x.md:3: '],
    ['a misspelt key', `${FRONT.replace('minutes', 'minuets')}${STEP}`, 'x.md:4: unknown key `minuets`'],
    ['a wrong type', `${FRONT.replace('5', 'five')}${STEP}`, 'x.md:4: minutes: Invalid input: expected number'],
    ['no step', FRONT, 'x.md:6: a lesson needs at least one step'],
    ['a duplicate step id', `${FRONT}${STEP}${STEP}`, 'x.md:15: step id `pull-it` is used twice, first in line 6'],
    [
      'an unknown check type',
      `${FRONT}${STEP.replace('image.present', 'image.presnet')}`,
      'x.md:13: unknown check type `image.presnet`; expected one of command, ',
    ],
    ['a misspelt parameter', `${FRONT}${STEP.replace('image:', 'imgae:')}`, 'x.md:13: '],
    ['a step without a check', `${FRONT}${STEP.replace(CHECK, '')}`, 'x.md:6: step `pull-it` has no `check` fence'],
    ['a step without a solution', `${FRONT}## A\n\n${CHECK}`, 'x.md:6: step `a` has neither'],
    ['an unknown fence', `${FRONT}${STEP}\n\`\`\`chekc\n- x\n\`\`\`\n`, 'x.md:16: unknown fence `chekc`'],
    ['a check before the first step', `${FRONT}${CHECK}${STEP}`, 'x.md:6: a `check` fence belongs to a step'],
    ['a bomb of aliases', `---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n${STEP}`, 'x.md:'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseLesson(text, 'x.md')).toThrow(message);
  });
});

describe('the course', () => {
  const all = loadLessons('lessons').all;
  const shown = all.flatMap((lesson) =>
    lesson.steps.flatMap(({ html }) =>
      [...html.matchAll(/data-command="([^"]*)"/g)].flatMap(([, text = '']) =>
        text.replace(/&#(\d+);/g, (__, code) => String.fromCharCode(Number(code))).split('\n'),
      ),
    ),
  );

  it.each([
    'docker run -d -p 5000:5000 --name registry registry:2',
    'docker pull nginx:latest',
    'docker tag nginx:latest localhost:5000/mynginx:1.0',
    'docker push localhost:5000/mynginx:1.0',
    'docker pull localhost:5000/mynginx:1.0',
    'curl http://localhost:5000/v2/_catalog',
    'curl http://localhost:5000/v2/mynginx/tags/list',
    'docker pull alpine',
    'docker tag alpine localhost:5000/myalpine:v1',
    'docker push localhost:5000/myalpine:v1',
    'docker rmi localhost:5000/myalpine:v1',
    'docker pull localhost:5000/myalpine:v1',
  ])('shows `%s` verbatim', (command) => {
    expect(shown).toContain(command);
  });
});

describe('mutantsOf', () => {
  it('changes tag, repository, port and image, one place at a time', () => {
    const mutants = mutantsOf(['docker tag nginx:latest localhost:5000/mynginx:1.0']).flat();
    expect(mutants).toEqual([
      'docker tag nginx:latest localhost:5001/mynginx:1.0',
      'docker tag nginx:9.9 localhost:5000/mynginx:1.0',
      'docker tag nginx:latest localhost:5000/mynginx:9.9',
      'docker tag nginx:latest localhost:5000/mynginxx:1.0',
      'docker tag busybox:latest localhost:5000/mynginx:1.0',
    ]);
  });
});
