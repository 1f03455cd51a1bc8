// Who may show a terminal to a class, what two teachers get, and all by which it ends.

import { beforeEach, expect, it } from 'vitest';
import type { LearnerSession } from '../sessions/session.ts';
import { ClassStore } from '../store/class-store.ts';
import { PeopleStore, type PersonRow } from '../store/people-store.ts';
import type { Shell } from '../terminal/screen-reading.ts';
import { Broadcasts } from './broadcasts.ts';
import { codeOf, emptyDatabase } from './test-parts.ts';

/** A run with a computer whose terminals nobody reaches: what goes over them is shared-terminal.test.ts's. */
class Run {
  readonly observers = new Set<() => void>();
  terminals = [0, 2];
  sandbox: { terminal: (n: number) => Shell } | null = { terminal: shellOf };
  readonly lastShell = { terminal: shellOf(2), byte: 0 };

  view = () => ({ terminals: this.terminals });
  observe = (observer: () => void) => {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  };
  change(what: Partial<Pick<Run, 'terminals' | 'sandbox'>>): void {
    Object.assign(this, what);
    for (const observer of this.observers) observer();
  }
}
const shellOf = (terminal: number): Shell => ({
  shell: () => {
    throw new Error('nobody is there');
  },
  terminal,
  nonce: '',
  screenFile: '',
});

let people: PeopleStore;
let classes: ClassStore;
let broadcasts: Broadcasts;
let run: Run;
let ofClass: number;
let told: number;

function person(id: string, dryRun: number | null): PersonRow {
  const nothing = { class: null, password: null, links: 0, cameMs: null, seenMs: null };
  // A session must be in the store: what it refers to is of no matter here.
  people.add({ id, role: 'teacher', name: id.toUpperCase(), session: null, createdMs: 0, ...nothing });
  people.update(id, { dryRun });
  return { ...(people.person(id) as PersonRow), session: id };
}

beforeEach(() => {
  const database = emptyDatabase();
  people = new PeopleStore(database);
  classes = new ClassStore(database);
  ofClass = classes.add({ name: 'Monday', state: 'open', code: 'AAAAAAAA', lessons: [], createdMs: 0 }).id;
  run = new Run();
  const sessions = { withId: () => run as unknown as LearnerSession };
  broadcasts = new Broadcasts({ classes, people, sessions });
  told = 0;
  broadcasts.watch(() => {
    told += 1;
  });
});

it('is of a terminal that there is, in a dry run of a class that is open', () => {
  const sam = person('sam', ofClass);
  expect(codeOf(() => broadcasts.begin(ofClass, person('kim', null), 0))).toBe('no-dry-run');
  expect(codeOf(() => broadcasts.begin(ofClass, { ...sam, session: null }, 0))).toBe('no-dry-run');
  expect(codeOf(() => broadcasts.begin(ofClass, sam, 1))).toBe('no-computer');
  for (const state of ['draft', 'closed', 'archived'] as const) {
    classes.update(ofClass, { state });
    expect(codeOf(() => broadcasts.begin(ofClass, sam, 0))).toBe('class-not-open');
  }
  expect(codeOf(() => broadcasts.look(ofClass, 'anna', () => {}))).toBe('no-broadcast');
  expect([broadcasts.of(ofClass), told]).toEqual([null, 0]);
});

it('is one at a time: a second teacher is refused until it was ended, the same one shows another terminal', () => {
  const [sam, kim] = [person('sam', ofClass), person('kim', ofClass)];
  broadcasts.begin(ofClass, sam, null);
  const { id = '' } = broadcasts.of(ofClass) ?? {};
  broadcasts.begin(ofClass, sam, 2);
  expect(broadcasts.of(ofClass)).toEqual({ id, by: 'SAM', watching: 0 });
  expect(codeOf(() => broadcasts.begin(ofClass, kim, 0))).toBe('broadcast-on');
  let over = 0;
  broadcasts.look(ofClass, 'anna', () => {
    over += 1;
  });
  broadcasts.begin(ofClass, sam, 0);
  expect([over, broadcasts.of(ofClass)?.watching, broadcasts.of(ofClass)?.id === id]).toEqual([1, 0, false]);
  broadcasts.end(ofClass);
  broadcasts.end(ofClass);
  broadcasts.begin(ofClass, kim, 0);
  expect(broadcasts.of(ofClass)?.by).toBe('KIM');
  broadcasts.end(ofClass);
});

it('counts who looks, each once, and tells them when it is over', () => {
  broadcasts.begin(ofClass, person('sam', ofClass), 0);
  const over: string[] = [];
  const looks = ['anna', 'anna', 'bea'].map((who) => broadcasts.look(ofClass, who, () => over.push(who)));
  expect(broadcasts.of(ofClass)?.watching).toBe(2);
  for (const look of looks.slice(1)) look.leave();
  looks[1]?.leave();
  expect(broadcasts.of(ofClass)?.watching).toBe(1);
  broadcasts.end(ofClass);
  looks[0]?.leave();
  expect([over, broadcasts.of(ofClass), run.observers.size]).toEqual([['anna'], null, 0]);
});

it.each([
  ['the computer is another one', () => run.change({ sandbox: { terminal: shellOf } })],
  ['the computer is gone', () => run.change({ sandbox: null })],
  ['the terminal was closed', () => run.change({ terminals: [0] })],
  ['the class is closed', () => classes.update(ofClass, { state: 'closed' })],
  ['the dry run has ended', () => people.update('sam', { dryRun: null })],
  ['whoever shows it is removed', () => people.remove('sam')],
])('is over when %s, and not before', (_, happens) => {
  broadcasts.begin(ofClass, person('sam', ofClass), 2);
  run.change({});
  classes.update(ofClass, { name: 'Tuesday' });
  people.update('sam', { seenMs: 1 });
  expect(broadcasts.of(ofClass)).not.toBeNull();
  happens();
  expect(broadcasts.of(ofClass)).toBeNull();
});
