import { expect, test } from 'vitest';
import { untouched } from '../progress.ts';
import { courseDone } from './course-done.ts';

const lesson = (slug: string, steps: string[], heading: string | null = null) => ({
  slug,
  language: 'en',
  title: slug,
  summary: '',
  minutes: 10,
  needs: [],
  heading,
  steps: steps.map((id) => ({ id, title: id })),
});
const lessons = [lesson('one', ['a', 'b']), lesson('two', ['c']), lesson('read', []), lesson('own', ['d'], 'Our own')];
const session = (marks: Record<string, Record<string, 'passed' | 'skipped'>>, shown: string[] = []) => ({
  lesson: null,
  progress: Object.fromEntries(
    Object.entries(marks).map(([slug, of]) => [slug, { ...untouched(null), marks: of, shown }]),
  ),
  setup: { state: 'ready' as const },
  verdict: null,
  time: null,
  space: null,
  terminals: [],
  mishap: null,
});

test('done when each step of each lesson of the course has passed; a skipped one has not', () => {
  const all = courseDone(lessons, session({ one: { a: 'passed', b: 'passed' }, two: { c: 'passed' } }, ['a']));
  expect(all.missing).toEqual([]);
  expect(all).toMatchObject({ steps: 3, minutes: 20, shown: 2 });
  const skipped = courseDone(lessons, session({ one: { a: 'passed', b: 'skipped' }, two: { c: 'passed' } }));
  expect(skipped.missing).toMatchObject([{ slug: 'one', passed: 1, all: 2 }]);
  expect(courseDone(lessons, null).missing).toHaveLength(2);
});
