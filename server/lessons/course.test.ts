// The course as it is: it has every command of the notes that it grew from, word for word.

import { describe, expect, it } from 'vitest';
import { lintLessons } from './lint.ts';
import { loadLessons } from './load.ts';

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
    'docker login',
    'docker login localhost:5000',
    'docker logout',
    'docker images',
    'docker rmi <image_id>',
    'docker tag alpine:latest myrepo/alpine:v1',
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

  it('is in order', () => expect(lintLessons('lessons')).toEqual([]));
});
