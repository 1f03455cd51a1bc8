// The list of a class: names are checked one by one, and whoever holds a link of it is that learner.

import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_LISTED_NAMES } from '../../protocol/learners.ts';
import { Lessons } from '../lessons/load.ts';
import { Store } from '../store/store.ts';
import { type Room, roomOf } from './room.ts';
import { codeOf, emptyDatabase } from './test-parts.ts';

let store: Store;
let room: Room;
let monday: number;

beforeEach(() => {
  const database = emptyDatabase();
  store = new Store(database);
  const lessons = new Lessons(['one', 'two', 'three'].map((slug) => ({ slug })) as never);
  const sessions = { withId: () => null } as never;
  room = roomOf({ store, sessions, key: 'a key of a test', lessons, machine: { dataDir: '/nowhere' } as never });
  monday = room.classes.create('Monday', ['one', 'two']).id;
});

const tokenIn = (path: string) => path.replace('/back#', '');

describe('a list of names', () => {
  it('takes each that can be taken, and says of the others why not', () => {
    const { added, refused } = room.learners.list(monday, [
      ' Anna ',
      '<b>Béa</b>',
      'ANNA',
      'x'.repeat(61),
      '\u202eevil',
      '',
    ]);
    expect(added.map(({ name }) => name)).toEqual(['Anna', '<b>Béa</b>']);
    expect(refused).toEqual([
      { name: 'ANNA', why: 'taken' },
      { name: 'x'.repeat(61), why: 'no-name' },
      { name: '\u202eevil', why: 'no-name' },
      { name: '', why: 'no-name' },
    ]);
    expect(room.learners.all(monday)).toMatchObject([
      { name: 'Anna', cameMs: null, lesson: null, passed: {} },
      { name: '<b>Béa</b>' },
    ]);
    const [anna] = added;
    const { person } = room.people.enterByReturnLink(tokenIn(String(anna?.returnPath)));
    expect(person.name).toBe('Anna');
    expect(room.learners.all(monday)[0]?.cameMs).toBeGreaterThan(0);
  });

  it('has an end', () => {
    const names = Array.from({ length: MAX_LISTED_NAMES }, (_, index) => `Learner ${index}`);
    expect(room.learners.list(monday, names).added).toHaveLength(MAX_LISTED_NAMES);
    expect(codeOf(() => room.learners.list(monday, ['One more']))).toBe('too-many-learners');
    expect(codeOf(() => room.learners.list(99, ['Anna']))).toBe('no-class');
  });
});

describe('a learner', () => {
  it('is renamed, but not to the name of another, and gets a new link in place of the old', async () => {
    const { added } = room.learners.list(monday, ['Anna', 'Bea']);
    const [anna] = room.learners.all(monday);
    const id = String(anna?.id);
    expect(room.learners.rename(monday, id, 'Hannah').name).toBe('Hannah');
    expect(room.learners.rename(monday, id, 'hannah').name).toBe('hannah');
    expect(codeOf(() => room.learners.rename(monday, id, 'BEA'))).toBe('name-taken');
    const fresh = room.learners.newReturnPath(monday, id);
    expect(codeOf(() => room.people.enterByReturnLink(tokenIn(String(added[0]?.returnPath))))).toBe('bad-link');
    expect(room.people.enterByReturnLink(tokenIn(fresh)).person.name).toBe('hannah');
  });

  it('is removed from their own class only', async () => {
    room.learners.list(monday, ['Anna', 'Bea']);
    const tuesday = room.classes.create('Tuesday', ['one']).id;
    const [anna] = room.learners.all(monday);
    const id = String(anna?.id);
    await expect(room.learners.remove(tuesday, id)).rejects.toMatchObject({ code: 'no-person' });
    expect(room.learners.all(monday)).toHaveLength(2);
    await room.learners.remove(monday, id);
    expect(room.learners.all(monday).map(({ name }) => name)).toEqual(['Bea']);
    const staff = room.people.enterByLink(room.people.printedLink()).person;
    await expect(room.learners.remove(monday, staff.id)).rejects.toMatchObject({ code: 'no-person' });
  });

  it('is counted by what they have passed', () => {
    room.learners.list(monday, ['Anna']);
    const [anna] = room.learners.all(monday);
    store.addSession('run', 1);
    store.people.update(String(anna?.id), { session: 'run' });
    store.setLesson('run', 'two');
    for (const step of ['a', 'b']) store.setMark('run', 'one', step, 'passed', 1);
    store.setMark('run', 'two', 'c', 'skipped', 1);
    expect(room.learners.all(monday)).toMatchObject([{ lesson: 'two', passed: { one: 2 }, skipped: { two: 1 } }]);
  });
});

describe('at the pace of the teacher', () => {
  it('a lesson is open once the teacher has opened it', () => {
    const learner = { class: monday };
    expect(room.classes.notOpenYet(learner)('one')).toBe(false);
    expect(room.classes.change(monday, { pace: 'teacher' })).toMatchObject({ pace: 'teacher', opened: [] });
    expect(room.classes.notOpenYet(learner)('one')).toBe(true);
    room.classes.change(monday, { opened: ['one'] });
    expect(['one', 'two'].map((slug) => room.classes.notOpenYet(learner)(slug))).toEqual([false, true]);
    expect(room.classes.notOpenYet({ class: null })('two')).toBe(false);
    expect(codeOf(() => room.classes.change(monday, { opened: ['none'] }))).toBe('unknown-lesson');
  });
});
