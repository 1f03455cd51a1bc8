import { beforeEach, describe, expect, it } from 'vitest';
import { personNameSchema } from '../../protocol/classroom.ts';
import type { SlipwayError } from '../errors.ts';
import { ClassStore } from '../store/class-store.ts';
import { PeopleStore } from '../store/people-store.ts';
import { MOST_LEARNERS, People, PRINTED_LINK_MS } from './people.ts';
import { codeOf, emptyDatabase } from './test-parts.ts';

const DAY_MS = 24 * 3600_000;
const ROOM = '10.0.0.7';

let nowMs: number;
let store: PeopleStore;
let classes: ClassStore;
let people: People;
let code: string;

beforeEach(() => {
  const database = emptyDatabase();
  nowMs = Date.UTC(2026, 10, 30);
  store = new PeopleStore(database);
  classes = new ClassStore(database);
  people = new People({ store, classes, key: 'a key of a test', now: () => nowMs });
  code = classes.add({ name: 'Monday', state: 'open', code: 'BCDF2345', lessons: [], createdMs: nowMs }).code;
});

const nameOf = (login: string) => people.identify(login, true)?.person.name ?? null;

describe('a learner', () => {
  it('joins with code and name, and comes back on another device by the return link', () => {
    const { login, person } = people.join(code, 'Anna', ROOM);
    expect(nameOf(login)).toBe('Anna');
    const { returnPath } = people.me(person);
    const there = people.enterByReturnLink(String(returnPath).replace('/back#', ''));
    expect(there.person.id).toBe(person.id);
    expect(there.login).not.toBe(login);
    expect(nameOf(login)).toBe('Anna');
  });

  it('whose name is in the class is told how to come back', () => {
    people.join(code, 'Anna', ROOM);
    expect(codeOf(() => people.join(code, 'aNNa', ROOM))).toBe('name-taken');
  });

  it('whose name stands on the list takes that place, once', () => {
    const [listed] = [{ id: 'listed', role: 'learner', name: 'Bea', class: 1 } as const];
    store.add({ ...listed, session: null, password: null, links: 0, createdMs: nowMs, cameMs: null, seenMs: null });
    expect(people.join(code, 'bea', ROOM).person.id).toBe('listed');
    expect(codeOf(() => people.join(code, 'Bea', ROOM))).toBe('name-taken');
  });

  it.each(['draft', 'closed', 'archived'] as const)('does not join a class that is %s', (state) => {
    classes.update(1, { state });
    expect(codeOf(() => people.join(code, 'Anna', ROOM))).toBe('wrong-code');
  });

  it('may mistype the code, as many behind the same address may, but nobody may try for long', () => {
    for (let tries = 0; tries < 60; tries++)
      expect(codeOf(() => people.join('ZZZZZZZZ', 'A', ROOM))).toBe('wrong-code');
    expect(codeOf(() => people.join(code, 'Anna', ROOM))).toBe('too-many-tries');
    expect(codeOf(() => people.join(code, 'Anna', '10.0.0.8'))).toBe('no error');
    nowMs += 15 * 60_000;
    expect(codeOf(() => people.join(code, 'Bea', ROOM))).toBe('no error');
  });

  it('joins among as many as a room has, and not among those that a program makes up', () => {
    for (let n = 0; n < 120; n++) people.join(code, `Learner ${n}`, ROOM);
    expect(codeOf(() => people.join(code, 'One more', ROOM))).toBe('too-many-tries');
    expect(codeOf(() => people.join(code, 'One more', '10.0.0.8'))).toBe('no error');
    nowMs += 60_000;
    expect(codeOf(() => people.join(code, 'And one', ROOM))).toBe('no error');
    for (let n = 122; n < MOST_LEARNERS; n++) people.join(code, `Learner ${n}`, `10.0.1.${n % 100}`);
    expect(codeOf(() => people.join(code, 'Too many', '10.0.2.1'))).toBe('class-full');
  });

  it('stays signed in for half a year of silence, and no longer', () => {
    const { login } = people.join(code, 'Anna', ROOM);
    nowMs += 179 * DAY_MS;
    const renewed = people.identify(login, true)?.renewed ?? '';
    expect(nameOf(renewed)).toBe('Anna');
    nowMs += 181 * DAY_MS;
    expect(nameOf(renewed)).toBeNull();
  });

  it('is nobody any more after a revocation, and the return link of before is void', () => {
    const { login, person } = people.join(code, 'Anna', ROOM);
    const old = people.returnToken(person);
    people.revoke(person);
    expect(nameOf(login)).toBeNull();
    expect(codeOf(() => people.enterByReturnLink(old))).toBe('bad-link');
    const fresh = people.returnToken(store.person(person.id) ?? person);
    expect(people.enterByReturnLink(fresh).person.name).toBe('Anna');
  });
});

describe('a login', () => {
  it('is replaced after a day; the old one is taken for a minute more', () => {
    const { login } = people.join(code, 'Anna', ROOM);
    nowMs += DAY_MS + 1;
    const renewed = people.identify(login, true)?.renewed ?? '';
    expect(nameOf(renewed)).toBe('Anna');
    expect(people.identify(login, true)).toMatchObject({ renewed: null });
    nowMs += 61_000;
    expect(people.identify(login, true)).toBeNull();
    expect(nameOf(renewed)).toBe('Anna');
  });

  it('that was left is nobody’s, nor is one that was made up', () => {
    const { login } = people.join(code, 'Anna', ROOM);
    expect(nameOf(login)).toBe('Anna');
    people.leave(login);
    for (const not of [login, undefined, '', 'x'.repeat(22), 'x'.repeat(100_000)])
      expect(people.identify(not, true)).toBeNull();
  });
});

describe('a return link', () => {
  it('that is forged, cut or made for somebody else is refused', () => {
    const { person } = people.join(code, 'Anna', ROOM);
    const other = people.join(code, 'Bea', ROOM).person;
    const token = people.returnToken(person);
    const foreign = new People({ store, classes, key: 'another key' }).returnToken(person);
    const swapped = token.replace(person.id, other.id);
    for (const forged of [foreign, swapped, token.slice(0, -1), `${token}x`, '', '..', token.replace('.0.', '.1.')])
      expect(codeOf(() => people.enterByReturnLink(forged))).toBe('bad-link');
    expect(codeOf(() => people.enterByReturnLink(token))).toBe('no error');
  });
});

describe('a teacher', () => {
  it('comes by the printed link once, sets a password, and signs in by it', async () => {
    const token = people.printedLink();
    const { person, login } = people.enterByLink(token);
    expect(people.me(person)).toMatchObject({ role: 'teacher', needsPassword: true, returnPath: null });
    expect(codeOf(() => people.enterByLink(token))).toBe('bad-link');
    const set = await people.setPassword(person, 'Ms Okafor', 'correct horse battery');
    expect(nameOf(login)).toBeNull();
    expect(nameOf(set.login)).toBe('Ms Okafor');
    const back = await people.enterByPassword('ms okafor', 'correct horse battery', ROOM);
    expect(back.person.id).toBe(person.id);
  });

  it('is not signed in by a link that is an hour old, or that a later one has replaced', () => {
    const first = people.printedLink();
    const second = people.printedLink();
    expect(codeOf(() => people.enterByLink(first))).toBe('bad-link');
    nowMs += PRINTED_LINK_MS;
    expect(codeOf(() => people.enterByLink(second))).toBe('bad-link');
    expect(codeOf(() => people.enterByLink(people.printedLink()))).toBe('no error');
    expect(store.staff()).toHaveLength(1);
  });

  it('after five wrong passwords waits, even with the right one; elsewhere it is taken', {
    timeout: 60_000,
  }, async () => {
    const { person } = people.enterByLink(people.printedLink());
    await people.setPassword(person, 'Ms Okafor', 'correct horse battery');
    const signIn = async (password: string, address: string) => {
      const outcome = people.enterByPassword('Ms Okafor', password, address);
      return outcome.then(
        () => 'no error',
        (error: SlipwayError) => error.code,
      );
    };
    for (let tries = 0; tries < 5; tries++) expect(await signIn('wrong wrong wrong', ROOM)).toBe('wrong-password');
    expect(await signIn('correct horse battery', ROOM)).toBe('too-many-tries');
    expect(await signIn('correct horse battery', '10.0.0.8')).toBe('no error');
    nowMs += 15 * 60_000;
    expect(await signIn('correct horse battery', ROOM)).toBe('no error');
  });

  it('invites an assistant, who is no teacher; no two of them have one name', () => {
    const { token } = people.invite('assistant', 'Sam');
    expect(people.enterByLink(token).person).toMatchObject({ role: 'assistant', name: 'Sam' });
    expect(codeOf(() => people.invite('teacher', 'SAM'))).toBe('name-taken');
  });
});

it('a name is plain text, whatever it is made of', () => {
  expect(personNameSchema.parse('  Zoë   <b>Müller</b> ')).toBe('Zoë <b>Müller</b>');
  expect(personNameSchema.parse('李 小龍 🐉')).toBe('李 小龍 🐉');
  for (const bad of ['', '   ', 'x'.repeat(61), 'x'.repeat(10_000), 'a\u0000b', 'a\u202eb', 'a\u001b[31m'])
    expect(personNameSchema.safeParse(bad).success).toBe(false);
});
