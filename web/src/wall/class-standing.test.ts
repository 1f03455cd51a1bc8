import { expect, it } from 'vitest';
import type { WallLearner } from '../../../protocol/wall.ts';
import { standingOf } from './class-standing.ts';

const LESSONS = [{ slug: 'trip', title: 'Trip', steps: ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id })) }];

const learner = (done: number, more: Partial<WallLearner> = {}): WallLearner => ({
  name: 'Anna',
  came: true,
  connected: true,
  activeMs: null,
  lesson: 'trip',
  step: null,
  sinceMs: null,
  tries: 0,
  diagnosis: null,
  setup: 'ready',
  hand: null,
  keyboard: null,
  steps: {
    trip: Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((id, at) => [id, { mark: at < done ? 'passed' : null, tookMs: null, tries: 0 }]),
    ),
  },
  ...more,
});

it('has the median of those who have begun, who is far behind it, and who is done', () => {
  const standing = standingOf([learner(4), learner(4), learner(3), learner(1), learner(0, { lesson: null })], LESSONS);
  expect(standing).toMatchObject({ all: 5, here: 5, done: 2, medianSteps: 3.5, behind: 1, steps: 4 });
});

it('counts what those who are here are told', () => {
  const all = [
    learner(1, { diagnosis: 'no image' }),
    learner(1, { diagnosis: 'no tag' }),
    learner(1, { diagnosis: 'no tag' }),
    learner(1, { diagnosis: 'no image', connected: false }),
  ];
  expect(standingOf(all, LESSONS).frequent).toEqual([
    { text: 'no tag', n: 2 },
    { text: 'no image', n: 1 },
  ]);
});

it('is empty where nobody is', () => {
  expect(standingOf([], [])).toEqual({
    all: 0,
    here: 0,
    done: 0,
    medianSteps: null,
    behind: 0,
    steps: 0,
    frequent: [],
  });
});
