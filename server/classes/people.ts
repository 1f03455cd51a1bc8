// Who is who: learners by code and return link, teachers and assistants by one-time link and password; what they stay signed in with.

import { MAX_NAME_CHARACTERS, type Me, type Role, type Staff } from '../../protocol/classroom.ts';
import { SlipwayError } from '../errors.ts';
import type { ClassStore } from '../store/class-store.ts';
import type { PeopleStore, PersonRow } from '../store/people-store.ts';
import { hashOf, newToken } from '../tokens.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { sealed, unsealed } from './tokens.ts';
import { Tries } from './tries.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Of the link that the server prints; of one that a teacher hands on. */
export const PRINTED_LINK_MS = 60 * MINUTE_MS;
const INVITATION_MS = 7 * DAY_MS;
/** Signed in for as long as one comes back within this. Newcomers come back after weeks. */
const KEPT_MS: Record<Role, number> = { learner: 180 * DAY_MS, assistant: 14 * DAY_MS, teacher: 14 * DAY_MS };
/** A login older than this is replaced by a new one; requests that are on their way still come with the old one. */
const ROTATE_MS = DAY_MS;
const GRACE_MS = MINUTE_MS;
/** Of a class behind one address somebody mistypes; nobody mistypes for hours. */
const WRONG_CODES = 60;
/** A class behind one address joins within a minute, a large one within some; a program that makes up names does not get far. */
const JOINS = 120;
const JOINS_MS = MINUTE_MS;
/** A course that newcomers take for years has many; beyond that something else is going on. */
export const MOST_LEARNERS = 1000;
const WRONG_PASSWORDS = 5;
const WRONG_PASSWORDS_IN_ALL = 50;
const TRIES_MS = 15 * MINUTE_MS;
const RETURN = 'return';

export interface PeopleParts {
  store: PeopleStore;
  classes: ClassStore;
  /** Seals return links; whoever has it can make them. */
  key: string;
  /** Ms since 1970. */
  now?: () => number;
}

/** A person who has just come in, and the value of their login cookie. */
export interface Entered {
  person: PersonRow;
  login: string;
}

export class People {
  readonly #store: PeopleStore;
  readonly #classes: ClassStore;
  readonly #key: string;
  readonly #now: () => number;
  /** By address, and all together. */
  readonly #codeTries: Tries;
  readonly #joins: Tries;
  /** By name and address; by name, wherever they come from. */
  readonly #passwordTries: Tries;
  readonly #nameTries: Tries;

  constructor({ store, classes, key, now = Date.now }: PeopleParts) {
    this.#store = store;
    this.#classes = classes;
    this.#key = key;
    this.#now = now;
    this.#codeTries = new Tries(WRONG_CODES, TRIES_MS, now);
    this.#joins = new Tries(JOINS, JOINS_MS, now);
    this.#passwordTries = new Tries(WRONG_PASSWORDS, TRIES_MS, now);
    this.#nameTries = new Tries(WRONG_PASSWORDS_IN_ALL, TRIES_MS, now);
  }

  /** Whose login it is, and the one that takes its place where it is a day old and may be renewed; null where it is nobody's. */
  identify(login: string | undefined, mayRenew: boolean): { person: PersonRow; renewed: string | null } | null {
    if (login === undefined || login.length > 40) return null;
    const id = hashOf(login);
    const row = this.#store.login(id);
    const person = row && this.#store.person(row.person);
    if (!row || !person) return null;
    const now = this.#now();
    const isOver = now - row.seenMs > KEPT_MS[person.role];
    if (isOver || (row.replacedMs !== null && now - row.replacedMs > GRACE_MS)) {
      this.#store.removeLogin(id);
      return null;
    }
    if (row.replacedMs !== null) return { person, renewed: null };
    if (mayRenew && now - row.createdMs > ROTATE_MS) {
      this.#store.setLogin(id, { replacedMs: now });
      return { person, renewed: this.#enter(person).login };
    }
    if (now - row.seenMs > MINUTE_MS) {
      this.#store.setLogin(id, { seenMs: now });
      this.#store.update(person.id, { seenMs: now });
    }
    return { person, renewed: null };
  }

  /** From now on this is the learner's run. */
  setSession(person: PersonRow, session: string): void {
    this.#store.update(person.id, { session });
  }

  /** As they are now; null for who is gone. */
  get(id: string): PersonRow | null {
    return this.#store.person(id);
  }

  /** Tells that people have come, gone or changed, until the function that it returns is called. */
  watch(watcher: () => void): () => void {
    return this.#store.watch(watcher);
  }

  me(person: PersonRow): Me {
    const { role, name, password } = person;
    const ofClass = person.class === null ? null : this.#classes.get(person.class);
    const tried = person.dryRun === null ? null : this.#classes.get(person.dryRun);
    return {
      role,
      name,
      needsPassword: role !== 'learner' && password === null,
      class: ofClass && { id: ofClass.id, name: ofClass.name },
      dryRun: tried && { id: tried.id, name: tried.name },
      returnPath: role === 'learner' ? this.returnPath(person) : null,
    };
  }

  /** The token of a link by which the first teacher signs in, once; the ones before it are void. */
  printedLink(): string {
    const teacher =
      this.#store.staff().find(({ role }) => role === 'teacher') ??
      this.#add({ role: 'teacher', name: 'Teacher', class: null });
    this.#store.removeSignInLinksOf(teacher.id);
    return this.#signInLink(teacher.id, PRINTED_LINK_MS);
  }

  /** One more teacher or assistant, who comes by the link of this token. Throws `name-taken`. */
  invite(role: 'teacher' | 'assistant', name: string): { person: PersonRow; token: string } {
    this.#checkStaffName(name, null);
    const person = this.#add({ role, name, class: null });
    return { person, token: this.#signInLink(person.id, INVITATION_MS) };
  }

  /** Teachers and assistants, the first one first. */
  staff(): Staff[] {
    return this.#store.staff().map((person) => this.staffView(person));
  }

  staffView({ id, role, name, cameMs }: PersonRow): Staff {
    return { id, role: role === 'teacher' ? role : 'assistant', name, came: cameMs !== null };
  }

  /** Signed out and forgotten. Throws `no-person`, and `yourself` where one would remove oneself. */
  removeStaff(id: string, asks: PersonRow): void {
    const person = this.#store.staff().find((other) => other.id === id);
    if (!person) throw noPerson();
    if (person.id === asks.id) {
      throw new SlipwayError('yourself', 'You cannot remove yourself.', { next: 'Another teacher can.', status: 409 });
    }
    this.#store.remove(person.id);
  }

  /** Throws `bad-link` where it was never given out, was used, or is too old. */
  enterByLink(token: string): Entered {
    const id = hashOf(token);
    const link = this.#store.signInLink(id);
    const person = link && this.#store.person(link.person);
    if (!link || !person) throw badLink('This sign-in link is not valid.');
    if (link.usedMs !== null) throw badLink('This sign-in link was used already; each one works once.');
    if (link.expiresMs <= this.#now()) throw badLink('This sign-in link is too old.');
    this.#store.useSignInLink(id, this.#now());
    return this.#enter(person);
  }

  /** Ends all other logins of this person, and answers with a new one. Throws `name-taken`. */
  async setPassword(person: PersonRow, name: string, password: string): Promise<Entered> {
    this.#checkStaffName(name, person.id);
    const kept = await hashPassword(password);
    this.#store.update(person.id, { name, password: kept });
    this.#store.removeLoginsOf(person.id);
    return this.#enter({ ...person, name, password: kept });
  }

  /** Throws `wrong-password`, and `too-many-tries` after several. */
  async enterByPassword(name: string, password: string, address: string): Promise<Entered> {
    const key = `${fold(name)} ${address}`;
    refuseFor(Math.max(this.#passwordTries.waitMs(key), this.#nameTries.waitMs(fold(name))));
    // Counted before the answer is known: many tries at once are many tries.
    this.#passwordTries.count(key);
    this.#nameTries.count(fold(name));
    const person = this.#store.staff().find((other) => fold(other.name) === fold(name)) ?? null;
    if (!(await isPassword(password, person?.password ?? null)) || !person) {
      throw new SlipwayError('wrong-password', 'Name and password do not belong together.', {
        next: 'Check both. Whoever runs this server can print a new sign-in link by starting it again.',
        status: 401,
      });
    }
    this.#passwordTries.forget(key);
    return this.#enter(person);
  }

  /**
   * A learner comes for the first time. Throws `wrong-code`, `name-taken`, `class-full`, and `too-many-tries` after many wrong codes, or where very many
   * have come from there.
   */
  join(code: string, name: string, address: string): Entered {
    refuseFor(this.#codeTries.waitMs(address));
    const joined = this.#classes.byCode(code);
    if (joined?.state !== 'open') {
      this.#codeTries.count(address);
      throw new SlipwayError('wrong-code', 'There is no open class with this code.', {
        next: 'Look at the code again, or ask your teacher whether the class is open.',
        status: 404,
      });
    }
    const same = this.#sameInClass(joined.id, name);
    if (same?.cameMs === null) return this.#enter(same);
    if (same) throw takenInClass();
    refuseFor(this.#joins.waitMs(address), 'Very many have joined from your network just now.');
    if (this.#store.inClass(joined.id).length >= MOST_LEARNERS) {
      throw new SlipwayError('class-full', `This class has ${MOST_LEARNERS} learners already.`, {
        next: 'Ask your teacher for another class.',
        status: 409,
      });
    }
    this.#joins.count(address);
    return this.#enter(this.#add({ role: 'learner', name, class: joined.id }));
  }

  /** A name of a list: whoever has its return link, or joins by this name, takes the place. Throws `name-taken`. */
  list(ofClass: number, name: string): PersonRow {
    if (this.#sameInClass(ofClass, name)) throw takenInClass();
    return this.#add({ role: 'learner', name, class: ofClass });
  }

  /** Throws `name-taken`. */
  renameLearner(person: PersonRow, name: string): void {
    const same = person.class === null ? undefined : this.#sameInClass(person.class, name);
    if (same && same.id !== person.id) throw takenInClass();
    this.#store.update(person.id, { name });
  }

  /** The path of a learner's return link. */
  returnPath(person: PersonRow): string {
    return `/back#${this.returnToken(person)}`;
  }

  /** What stands at the end of a learner's return link, after the #: there no server's log has it. */
  returnToken({ id, links }: PersonRow): string {
    return sealed(this.#key, RETURN, id, links);
  }

  /** Throws `bad-link` where it was not made here, or was made void, or the learner is gone. */
  enterByReturnLink(token: string): Entered {
    const link = unsealed(this.#key, RETURN, token);
    const person = link && this.#store.person(link.id);
    if (!link || person?.role !== 'learner' || person.links !== link.number)
      throw badLink('This return link is not valid, or is no longer.');
    return this.#enter(person);
  }

  /** Signed out on this device. */
  leave(login: string): void {
    this.#store.removeLogin(hashOf(login));
  }

  /** Signed out everywhere, and the return links that were given out are void. */
  revoke(person: PersonRow): void {
    this.#store.removeLoginsOf(person.id);
    this.#store.removeSignInLinksOf(person.id);
    this.#store.update(person.id, { links: person.links + 1 });
  }

  #sameInClass(ofClass: number, name: string): PersonRow | undefined {
    return this.#store.inClass(ofClass).find((other) => fold(other.name) === fold(name));
  }

  #enter(person: PersonRow): Entered {
    const login = newToken();
    this.#store.addLogin(hashOf(login), person.id, this.#now());
    const here = { cameMs: person.cameMs ?? this.#now(), seenMs: this.#now() };
    this.#store.update(person.id, here);
    return { person: { ...person, ...here }, login };
  }

  #add({ role, name, class: ofClass }: Pick<PersonRow, 'role' | 'name' | 'class'>): PersonRow {
    const person: PersonRow = {
      id: newToken(),
      role,
      name,
      class: ofClass,
      session: null,
      password: null,
      links: 0,
      createdMs: this.#now(),
      cameMs: null,
      seenMs: null,
      dryRun: null,
      setAside: null,
    };
    this.#store.add(person);
    return person;
  }

  #signInLink(person: string, forMs: number): string {
    const token = newToken();
    this.#store.addSignInLink(hashOf(token), person, this.#now() + forMs);
    return token;
  }

  #checkStaffName(name: string, self: string | null): void {
    if (!this.#store.staff().some((other) => other.id !== self && fold(other.name) === fold(name))) return;
    throw new SlipwayError('name-taken', 'Another teacher or assistant has this name.', {
      next: `Choose another one, of at most ${MAX_NAME_CHARACTERS} characters.`,
      status: 409,
    });
  }
}

/** Names that people take for the same. */
function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

function takenInClass(): SlipwayError {
  return new SlipwayError('name-taken', 'Somebody of this name is in the class already.', {
    next: 'Is it you? Then open your return link, or ask your teacher for it. Otherwise add a letter of your second name.',
    status: 409,
  });
}

export function noPerson(): SlipwayError {
  return new SlipwayError('no-person', 'There is nobody like that here.', {
    next: 'Load the page again.',
    status: 404,
  });
}

function badLink(message: string): SlipwayError {
  return new SlipwayError('bad-link', message, {
    next: 'Ask whoever gave it to you for a new one. A teacher gets one by starting the server again.',
    status: 401,
  });
}

function refuseFor(waitMs: number, why = 'That was wrong too often.'): void {
  if (waitMs <= 0) return;
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  throw new SlipwayError('too-many-tries', why, {
    next: `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    status: 429,
  });
}
