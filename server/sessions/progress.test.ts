// A step passes when its checks have passed and every quiz is right, in whichever order, through a restart of the server.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Lesson } from '../lessons/load.ts';
import { openDatabase } from '../store/database.ts';
import { Store } from '../store/store.ts';
import { Progress } from './progress.ts';

const step = (id: string, checks: number, quizzes: number) => ({
  id,
  title: id,
  html: '',
  hints: [
    { html: 'a', when: [] },
    { html: 'b', when: [] },
  ],
  solution: [],
  checks: Array.from({ length: checks }, () => ({ type: 't', evaluate: async () => ({ state: 'pass' as const }) })),
  quizzes: Array.from({ length: quizzes }, () => ({ type: 'typed', question: 'q', answer: 'a' })),
});
const lesson = {
  slug: 'intro',
  steps: [step('both', 1, 2), step('asked', 0, 1), step('done', 1, 0)],
} as unknown as Lesson;

let store: Store;
let progress: Progress;
beforeEach(() => {
  store = new Store(openDatabase(':memory:'));
  store.addSession('ann', 1);
  progress = new Progress(store, 'ann');
});
const view = () => progress.view([lesson]).intro;

describe('a step with checks and quizzes', () => {
  it('passes by the last of them, quizzes first', () => {
    expect(progress.quizRight(lesson, 'both', 0)).toBe(false);
    expect(progress.quizRight(lesson, 'both', 1)).toBe(false);
    expect(progress.checksPassed(lesson, 'both')).toBe(true);
    expect(view()).toMatchObject({ marks: { both: 'passed' }, current: 'asked', checked: ['both'] });
  });

  it('passes by the last of them, checks first, and stays checked through a restart of the server', () => {
    expect(progress.checksPassed(lesson, 'both')).toBe(false);
    expect(view()).toMatchObject({ marks: {}, current: 'both', checked: ['both'], quizzes: {} });
    progress.quizRight(lesson, 'both', 1);
    progress = new Progress(store, 'ann');
    expect(progress.isChecked(lesson, 'both')).toBe(true);
    expect(view()?.quizzes).toEqual({ both: [false, true] });
    expect(progress.quizRight(lesson, 'both', 0)).toBe(true);
    expect(view()?.marks).toEqual({ both: 'passed' });
  });
});

it('passes a step without checks by its quizzes alone, also one that is not current or was skipped', () => {
  progress.skip(lesson, 'asked');
  expect(view()).toMatchObject({ marks: { asked: 'skipped' }, current: 'both' });
  expect(progress.quizRight(lesson, 'asked', 0)).toBe(true);
  expect(view()).toMatchObject({ marks: { asked: 'passed' }, current: 'both' });
});

it('passes a step without quizzes by its checks alone, once', () => {
  progress.choose(lesson, 'done');
  expect(progress.checksPassed(lesson, 'done')).toBe(true);
  expect(progress.checksPassed(lesson, 'done')).toBe(false);
  // Nothing follows the last step: on from the beginning.
  expect(view()).toMatchObject({ marks: { done: 'passed' }, current: 'both' });
});

it('keeps hints in their order and shown steps, and forgets all with a restart of the lesson', () => {
  progress.opened(lesson);
  progress.takeHint(lesson, 'both', 1);
  progress.takeHint(lesson, 'both', 0);
  progress.takeHint(lesson, 'both', 1);
  progress.setShown(lesson, 'both');
  progress.quizRight(lesson, 'both', 0);
  progress = new Progress(store, 'ann');
  expect(view()).toMatchObject({ hints: { both: [1, 0] }, shown: ['both'], quizzes: { both: [true, false] } });
  progress.restart(lesson);
  progress.opened(lesson);
  progress = new Progress(store, 'ann');
  expect(view()).toEqual({ marks: {}, current: 'both', checked: [], quizzes: {}, hints: {}, shown: [] });
});

it('leaves out what a newer lesson no longer has', () => {
  progress.takeHint(lesson, 'both', 7);
  progress.takeHint(lesson, 'gone', 0);
  progress.quizRight(lesson, 'both', 9);
  progress.checksPassed(lesson, 'gone');
  progress.opened(lesson);
  expect(view()).toMatchObject({ checked: [], quizzes: { both: [false, false] }, hints: { both: [] } });
});
