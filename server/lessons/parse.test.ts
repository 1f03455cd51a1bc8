// A lesson file to a lesson.

import { describe, expect, it } from 'vitest';
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

  it('fills placeholders with values that it names', () => {
    const [step] = parseLesson(
      `${FRONT}## A\n\n\`\`\`sh image_id="image-id nginx:latest" where="text localhost:5000"\ndocker rmi <image_id> # <where>\n\`\`\`\n\n${CHECK}`,
      'x.md',
    ).steps;
    expect(step?.fills).toEqual({
      image_id: { kind: 'image-id', arg: 'nginx:latest' },
      where: { kind: 'text', arg: 'localhost:5000' },
    });
    expect(step?.html).toContain(
      '<div class="command" data-command="docker rmi &#60;image_id&#62; # &#60;where&#62;" data-fills="image_id where">',
    );
    expect(step?.solution).toEqual(['docker rmi <image_id> # <where>']);
  });

  it('keeps the answers to questions in a solution', () => {
    const [step] = parseLesson(
      `${FRONT}## A\n\n${CHECK}\n\`\`\`solution\ndocker login\n< learner\n< hubpass\n\`\`\`\n`,
      'x.md',
    ).steps;
    expect(step?.solution).toEqual(['docker login', '< learner', '< hubpass']);
  });

  it('links terms of the glossary and other lessons', () => {
    const { introHtml } = parseLesson(
      `${FRONT}A [*layer*](../glossary.md#layer) of [the round trip](../04-the-round-trip/lesson.md#push-it); [no](../../etc/passwd).\n\n${STEP}`,
      'x.md',
    );
    expect(introHtml).toBe(
      '<p>A <button type="button" class="term" data-term="layer"><em>layer</em></button> of <a href="/lessons/the-round-trip#push-it">the round trip</a>; no.</p>\n',
    );
  });

  it('reads a page, which has no steps', () => {
    const page = parseLesson(
      `${FRONT.replace('minutes', 'page: true\nminutes')}Read.\n\n## There\n\n\`\`\`sh\ndocker login\n\`\`\`\n`,
      'x.md',
    );
    expect(page).toMatchObject({ page: true, steps: [] });
    expect(page.introHtml).toContain('<h2>There</h2>');
    expect(page.introHtml).not.toContain('data-command');
  });

  it('has steps of quizzes only, with or without commands to look at', () => {
    const quiz = '```quiz\ntype: typed\nquestion: "Which?"\nanswer: this\nwhy: "So."\n```\n';
    const { steps } = parseLesson(
      `${FRONT}## A\n\n${quiz}\n${quiz}\n## B\n\n\`\`\`sh\ndocker ps\n\`\`\`\n\n${quiz}`,
      'x.md',
    );
    expect(steps).toMatchObject([
      { id: 'a', checks: [], solution: [], quizzes: [{ type: 'typed' }, { type: 'typed' }] },
      { id: 'b', checks: [], solution: [], quizzes: [{ type: 'typed' }] },
    ]);
    expect(steps[0]?.html).not.toContain('Which');
  });

  it('gives hints their conditions', () => {
    const { steps } = parseLesson(
      `${FRONT}${STEP}\n\`\`\`hint\n- Nudge\n- {text: "Tag *it*", when: [{image.present: {image: nginx}}]}\n\`\`\`\n`,
      'x.md',
    );
    expect(steps[0]?.hints).toMatchObject([
      { html: '<p>Nudge</p>\n', when: [] },
      { html: '<p>Tag <em>it</em></p>\n', when: [{ type: 'image.present' }] },
    ]);
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
