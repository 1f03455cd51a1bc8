import { expect, test } from 'vitest';
import type { LessonSummary } from '../../protocol/lesson.ts';
import type { Session } from '../../protocol/session.ts';
import { countSteps, listEntries, listGroups, progressOf, quizzesRight, stepState, untouched } from './progress.ts';

const lesson = (slug: string): LessonSummary => ({
  slug,
  language: 'en',
  title: slug,
  summary: '',
  minutes: 5,
  needs: [],
  heading: null,
  steps: [
    { id: 'one', title: 'One' },
    { id: 'two', title: 'Two' },
  ],
});
const session = (open: string | null, progress: Session['progress']): Session => ({
  lesson: open,
  progress,
  setup: { state: 'ready' },
  verdict: null,
  time: null,
  space: null,
  terminals: [0],
  mishap: null,
});
const notes = (lessons: LessonSummary[], of: Session | null) => listEntries(lessons, of).map((entry) => entry.note);

test('a lesson never opened stands at its first step', () => {
  const progress = progressOf(null, lesson('a'));
  expect(stepState(progress, 'one')).toBe('current');
  expect(stepState(progress, 'two')).toBe('todo');
});

test('a passed step that is worked on again is current', () => {
  expect(stepState({ ...untouched('one'), marks: { one: 'passed' } }, 'one')).toBe('current');
});

test('marks of steps that are gone do not count', () => {
  const progress = { ...untouched(null), marks: { one: 'passed', gone: 'passed', two: 'skipped' } as const };
  expect(countSteps(progress, lesson('a'))).toEqual({ passed: 1, skipped: 1, all: 2 });
});

test('a new learner begins with the first lesson', () => {
  expect(notes([lesson('a'), lesson('b')], null)).toEqual([{ kind: 'begin' }, { kind: 'none' }]);
});

test('the open lesson is resumed at its step', () => {
  const of = session('b', { b: { ...untouched('two'), marks: { one: 'passed' } } });
  expect(notes([lesson('a'), lesson('b')], of)).toEqual([{ kind: 'none' }, { kind: 'resume', step: 'Two' }]);
});

test('after a finished lesson the next one is offered', () => {
  const of = session('a', { a: { ...untouched(null), marks: { one: 'passed', two: 'skipped' } } });
  expect(notes([lesson('a'), lesson('b')], of)).toEqual([{ kind: 'done' }, { kind: 'next' }]);
});

test('nobody is sent to a page that is only read', () => {
  const page = { ...lesson('page'), steps: [] };
  expect(notes([page, lesson('a')], null)).toEqual([{ kind: 'none' }, { kind: 'begin' }]);
  const of = session('a', { a: { ...untouched(null), marks: { one: 'passed', two: 'passed' } } });
  expect(notes([lesson('a'), page], of)).toEqual([{ kind: 'done' }, { kind: 'none' }]);
});

test('what a lesson builds on is told with whether it is done', () => {
  const after = { ...lesson('c'), needs: ['a', 'b', 'gone'] };
  const of = session('b', { a: { ...untouched(null), marks: { one: 'passed', two: 'skipped' } } });
  expect(listEntries([lesson('a'), lesson('b'), after], of)[2]?.needs).toMatchObject([
    { slug: 'a', done: true },
    { slug: 'b', done: false },
  ]);
});

test('own lessons stand after the course, under their heading', () => {
  const own = (slug: string, heading: string) => ({ ...lesson(slug), heading });
  const groups = listGroups(listEntries([lesson('a'), own('b', 'Team'), own('c', 'Team'), own('d', 'Shop')], null));
  expect(groups.map(({ heading, entries }) => [heading, entries.map((entry) => entry.lesson.slug)])).toEqual([
    [null, ['a']],
    ['Team', ['b', 'c']],
    ['Shop', ['d']],
  ]);
});

test('a quiz of which the session says nothing is not answered yet', () => {
  const progress = { ...untouched('one'), quizzes: { one: [true] } };
  expect(quizzesRight(progress, { id: 'one', quizzes: [1, 2] })).toEqual([true, false]);
  expect(quizzesRight(progress, { id: 'two', quizzes: [1] })).toEqual([false]);
});
