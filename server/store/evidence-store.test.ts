// Evidence is bounded, passes aside, and reports outlive their session.

import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { Store } from './store.ts';

let store: Store;
beforeEach(() => {
  store = new Store(openDatabase(':memory:'));
  store.addSession('ann', 1);
  store.addSession('bob', 2);
});

describe('evidence', () => {
  it('answers with the newest of a step', () => {
    store.evidence.add('ann', 'l', 'one', 'fail', { n: 1 });
    store.evidence.add('ann', 'l', 'one', 'pass', { n: 2 });
    store.evidence.add('ann', 'l', 'two', 'fail', { n: 3 });
    store.evidence.add('bob', 'l', 'one', 'fail', { n: 4 });
    expect(store.evidence.newest('ann', 'l', 'one')).toEqual({ n: 2 });
    expect(store.evidence.newest('ann', 'l', 'three')).toBeNull();
  });

  it('has the newest pass of each step of a lesson', () => {
    store.evidence.add('ann', 'l', 'one', 'pass', { n: 1 });
    store.evidence.add('ann', 'l', 'one', 'pass', { n: 2 });
    store.evidence.add('ann', 'l', 'one', 'fail', { n: 3 });
    store.evidence.add('ann', 'l', 'two', 'pass', { n: 4 });
    store.evidence.add('ann', 'other', 'one', 'pass', { n: 5 });
    store.evidence.add('bob', 'l', 'one', 'pass', { n: 6 });
    expect(store.evidence.passes('ann', 'l')).toEqual([
      { step: 'one', evidence: { n: 2 } },
      { step: 'two', evidence: { n: 4 } },
    ]);
  });

  it('keeps the newest 500 fails of a session, and each pass', () => {
    store.evidence.add('ann', 'l', 'passed', 'pass', 'kept');
    store.evidence.add('ann', 'l', 'early', 'fail', 'gone');
    store.evidence.add('bob', 'l', 'early', 'fail', 'another learner');
    for (let n = 0; n < 500; n++) store.evidence.add('ann', 'l', 'late', 'fail', n);
    expect(store.evidence.newest('ann', 'l', 'early')).toBeNull();
    expect(store.evidence.newest('ann', 'l', 'passed')).toBe('kept');
    expect(store.evidence.newest('bob', 'l', 'early')).toBe('another learner');
  });
});

describe('reports', () => {
  const report = { lesson: 'l', step: 's', atMs: 5, note: 'no <b>', evidence: { verdict: 'fail' } };

  it('stay when the session has gone', () => {
    expect(store.evidence.addReport({ session: 'ann', ...report })).toBe(true);
    expect(store.evidence.addReport({ session: 'bob', ...report, evidence: null })).toBe(true);
    store.removeSession('ann');
    expect(store.evidence.reports()).toEqual([
      { id: 1, session: 'ann', ...report },
      { id: 2, session: 'bob', ...report, evidence: null },
    ]);
  });

  it('are at most 50 of a session', () => {
    const taken = Array.from({ length: 60 }, () => store.evidence.addReport({ session: 'ann', ...report }));
    expect(taken.filter(Boolean)).toHaveLength(50);
    expect(store.evidence.addReport({ session: 'bob', ...report })).toBe(true);
  });
});
