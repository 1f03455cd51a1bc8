// The learners of a class, for whoever teaches it: the list, names put on it, renamed, and erased.

import { personNameSchema } from '../../protocol/classroom.ts';
import { type ClassLearner, type Listed, MAX_LISTED_NAMES } from '../../protocol/learners.ts';
import { SlipwayError } from '../errors.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ClassProgressStore } from '../store/class-progress.ts';
import type { PeopleStore, PersonRow } from '../store/people-store.ts';
import type { Classes } from './classes.ts';
import { noPerson, type People } from './people.ts';

const DAY_MS = 24 * 3600_000;

export interface LearnersParts {
  people: People;
  classes: Classes;
  sessions: Sessions;
  store: PeopleStore;
  progress: ClassProgressStore;
  /** Nothing that was deleted is to be found afterwards. */
  settle: () => void;
}

export class Learners {
  readonly #parts: LearnersParts;

  constructor(parts: LearnersParts) {
    this.#parts = parts;
  }

  /** One of them. Throws `no-class`, and `no-person` where they are not in it. */
  of(ofClass: number, id: string): PersonRow {
    const { classes, store } = this.#parts;
    const person = store.person(id);
    if (person?.class === classes.get(ofClass).id) return person;
    throw noPerson();
  }

  /** The first one first. Throws `no-class`. */
  all(ofClass: number): ClassLearner[] {
    const { classes, store, progress } = this.#parts;
    const { id } = classes.get(ofClass);
    const known = new Map(progress.of(id).map((row) => [row.person, row]));
    const marks = Map.groupBy(progress.marks(id), ({ person }) => person);
    return store.inClass(id).map(({ id: person, name, cameMs, seenMs }) => ({
      id: person,
      name,
      cameMs,
      seenMs,
      lesson: known.get(person)?.lesson ?? null,
      passed: Object.fromEntries((marks.get(person) ?? []).map(({ lesson, passed }) => [lesson, passed])),
      skipped: Object.fromEntries((marks.get(person) ?? []).map(({ lesson, skipped }) => [lesson, skipped])),
    }));
  }

  /** Throws `no-class`, and `too-many-learners` beyond what a list may have. */
  list(ofClass: number, names: readonly string[]): Listed {
    const { classes, people, store } = this.#parts;
    const { id } = classes.get(ofClass);
    if (store.inClass(id).length + names.length > MAX_LISTED_NAMES) {
      throw new SlipwayError('too-many-learners', `A list of names may make a class of ${MAX_LISTED_NAMES}.`, {
        next: 'Make a second class for the others.',
        status: 409,
      });
    }
    const listed: Listed = { added: [], refused: [] };
    for (const given of names) {
      const name = personNameSchema.safeParse(given).data;
      if (name === undefined) {
        listed.refused.push({ name: given, why: 'no-name' });
        continue;
      }
      try {
        listed.added.push({ name, returnPath: people.returnPath(people.list(id, name)) });
      } catch (error) {
        if (!(error instanceof SlipwayError) || error.code !== 'name-taken') throw error;
        listed.refused.push({ name, why: 'taken' });
      }
    }
    return listed;
  }

  /** Throws `no-class`, `no-person` and `name-taken`. */
  rename(ofClass: number, id: string, name: string): ClassLearner {
    const person = this.of(ofClass, id);
    this.#parts.people.renameLearner(person, name);
    return this.all(ofClass).find((learner) => learner.id === id) as ClassLearner;
  }

  /** The path of a new return link; the one of before is void. Throws `no-class` and `no-person`. */
  newReturnPath(ofClass: number, id: string): string {
    const { people, store } = this.#parts;
    people.revoke(this.of(ofClass, id));
    return people.returnPath(store.person(id) as PersonRow);
  }

  /** Throws `no-class` and `no-person`. */
  async remove(ofClass: number, id: string): Promise<void> {
    await this.erase(this.of(ofClass, id));
  }

  /** Forgets a person and their run, and gives the computer back. */
  async erase(person: PersonRow): Promise<void> {
    const { sessions, store } = this.#parts;
    const session = person.session === null ? null : sessions.withId(person.session);
    store.remove(person.id);
    if (session) await sessions.erase(session);
    this.#parts.settle();
  }

  /** Forgets those who were not here for so long; answers how many. */
  async forgetOld(days: number, nowMs = Date.now()): Promise<number> {
    const old = this.#parts.store.notSeenSince(nowMs - days * DAY_MS);
    for (const person of old) await this.erase(person);
    return old.length;
  }
}
