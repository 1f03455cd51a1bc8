import { expect, it } from 'vitest';
import type { WallLearner } from '../../../protocol/wall.ts';
import { byNeed, MANY_TRIES, medianTimes, needOf, SLOW_LEAST_MS, stepKey } from './needs-help.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;

const learner = (name: string, more: Partial<WallLearner> = {}): WallLearner => ({
  name,
  came: true,
  connected: true,
  activeMs: NOW,
  lesson: 'trip',
  step: 'push',
  sinceMs: NOW - MINUTE,
  tries: 0,
  diagnosis: null,
  setup: 'ready',
  hand: null,
  keyboard: null,
  steps: {},
  ...more,
});
const passed = (tookMs: number): WallLearner['steps'] => ({ trip: { push: { mark: 'passed', tookMs, tries: 0 } } });
const minutesOn = (minutes: number) => ({ sinceMs: NOW - minutes * MINUTE });

it('has as the median of a step what it took, and what it takes', () => {
  const all = [
    learner('done', { step: null, steps: passed(2 * MINUTE) }),
    learner('at it', minutesOn(6)),
    learner('at it, too', minutesOn(4)),
    learner('elsewhere', { step: 'pull', ...minutesOn(50) }),
    learner('skipped', { step: null, steps: { trip: { push: { mark: 'skipped', tookMs: 1, tries: 0 } } } }),
  ];
  expect(medianTimes(all, NOW).get(stepKey('trip', 'push'))).toBe(4 * MINUTE);
  expect(medianTimes([], NOW).size).toBe(0);
});

it.each([
  ['nothing', {}, []],
  ['a raised hand', { hand: { words: 'why?', raisedMs: 1, takenBy: null } }, ['hand']],
  [
    'a raised hand of who has gone',
    { connected: false, hand: { words: 'why?', raisedMs: 1, takenBy: null } },
    ['hand'],
  ],
  ['a try less than many', { tries: MANY_TRIES - 1 }, []],
  ['many tries', { tries: MANY_TRIES }, ['tries']],
  ['many tries of who has gone', { tries: MANY_TRIES, connected: false }, []],
  ['twice the median', minutesOn(4), []],
  ['more than twice the median', minutesOn(4.1), ['slow']],
  ['a step that nobody else has a time of', { step: 'other', ...minutesOn(90) }, []],
  ['a step that is prepared', { sinceMs: null }, []],
  [
    'all of it',
    { hand: { words: 'x', raisedMs: 1, takenBy: null }, tries: 9, ...minutesOn(9) },
    ['hand', 'tries', 'slow'],
  ],
] as const)('sees in %s what it says', (_, more, reasons) => {
  const medians = new Map([[stepKey('trip', 'push'), 2 * MINUTE]]);
  expect(needOf(learner('Anna', more as Partial<WallLearner>), medians, NOW).reasons).toEqual(reasons);
});

it('calls nobody slow who is quick, whatever the others do', () => {
  const medians = new Map([[stepKey('trip', 'push'), 1000]]);
  const at = (ms: number) => needOf(learner('Anna', { sinceMs: NOW - ms }), medians, NOW).reasons;
  expect(at(SLOW_LEAST_MS - 1)).toEqual([]);
  expect(at(SLOW_LEAST_MS)).toEqual(['slow']);
});

it('puts hands first, in their order, then those for whom most speaks', () => {
  const medians = new Map([[stepKey('trip', 'push'), MINUTE]]);
  const all = [
    learner('fine 10'),
    learner('fine 2'),
    learner('slower', minutesOn(20)),
    learner('slow', minutesOn(10)),
    learner('both', { tries: 5, ...minutesOn(5) }),
    learner('second', { hand: { words: 'x', raisedMs: 2, takenBy: null } }),
    learner('first', { hand: { words: 'x', raisedMs: 1, takenBy: 'Sam' } }),
    learner('gone', { connected: false, ...minutesOn(90) }),
  ].map((one) => [one, needOf(one, medians, NOW)] as const);
  expect(all.toSorted(byNeed).map(([{ name }]) => name)).toEqual([
    'first',
    'second',
    'both',
    'slower',
    'slow',
    'fine 2',
    'fine 10',
    'gone',
  ]);
});
