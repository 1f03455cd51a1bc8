import { expect, test } from 'vitest';
import { parsePath } from './router.ts';

test('names the page of a path', () => {
  expect(parsePath('/')).toEqual({ page: 'list' });
  expect(parsePath('/glossary')).toEqual({ page: 'glossary' });
  expect(parsePath('/lessons/push-and-pull')).toEqual({ page: 'lesson', slug: 'push-and-pull' });
  expect(parsePath('/classes/7/handout')).toEqual({ page: 'handout', class: 7 });
  expect(parsePath('/lessons/tags/')).toEqual({ page: 'lesson', slug: 'tags' });
});

test('does not take a path apart that is no slug', () => {
  for (const path of ['/lessons/', '/lessons/../x', '/lessons/A', '/lessons/a/b', '/elsewhere']) {
    expect(parsePath(path)).toEqual({ page: 'unknown' });
  }
});
