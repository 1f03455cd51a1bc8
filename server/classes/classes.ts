// The classes: made, opened, closed and archived by a teacher, joined by learners with a code.

import { type Class, type ClassChange, NEXT_STATES } from '../../protocol/classroom.ts';
import { SlipwayError } from '../errors.ts';
import type { ClassRow, ClassStore } from '../store/class-store.ts';
import type { PeopleStore, PersonRow } from '../store/people-store.ts';
import { newCode } from './tokens.ts';

export interface ClassesParts {
  store: ClassStore;
  people: PeopleStore;
  /** All that are offered here. */
  lessons: readonly string[];
}

type InClass = Pick<PersonRow, 'class'> & Partial<Pick<PersonRow, 'dryRun'>>;

/** Whose lessons somebody has: of their class, or of the one that they try as a learner does. */
export const classOf = (person: InClass): number | null => person.class ?? person.dryRun ?? null;

export class Classes {
  readonly #store: ClassStore;
  readonly #people: PeopleStore;
  readonly #lessons: readonly string[];

  constructor({ store, people, lessons }: ClassesParts) {
    this.#store = store;
    this.#people = people;
    this.#lessons = lessons;
  }

  /** Until the function that it returns is called. */
  watch(watcher: () => void): () => void {
    return this.#store.watch(watcher);
  }

  /** The newest first. */
  all(): Class[] {
    return this.#store.all().map((row) => this.#view(row));
  }

  /** Throws `no-class`, status 404. */
  get(id: number): Class {
    return this.#view(this.#row(id));
  }

  /** Slugs of the lessons of a learner's class; null where somebody may take all. */
  lessonsFor(person: InClass): string[] | null {
    const ofClass = classOf(person);
    return ofClass === null ? null : (this.#store.get(ofClass)?.lessons ?? null);
  }

  /** Tells of a lesson whether the teacher of a learner's class opens it later, as the class is now. */
  notOpenYet(person: InClass): (lesson: string) => boolean {
    const ofClass = classOf(person);
    const row = ofClass === null ? null : this.#store.get(ofClass);
    return (lesson) => row?.pace === 'teacher' && !row.opened.includes(lesson);
  }

  /** Slugs of the lessons of their class that a learner may begin now. */
  openFor(person: InClass): string[] {
    const isNotOpenYet = this.notOpenYet(person);
    return (this.lessonsFor(person) ?? []).filter((lesson) => !isNotOpenYet(lesson));
  }

  /** Throws `unknown-lesson`, status 400. */
  create(name: string, lessons: string[]): Class {
    this.#checkLessons(lessons);
    const row = this.#store.add({ name, state: 'draft', code: newCode(), lessons, createdMs: Date.now() });
    return this.#view(row);
  }

  /** Throws `no-class`, `unknown-lesson`, and `no-such-change` where a class cannot come from its state to that. */
  change(id: number, { name, lessons, pace, opened, state, newCode: fresh }: ClassChange): Class {
    const row = this.#row(id);
    this.#checkLessons([...(lessons ?? []), ...(opened ?? [])]);
    if (state && state !== row.state && !NEXT_STATES[row.state].includes(state)) {
      throw new SlipwayError('no-such-change', `A class that is ${row.state} does not become ${state}.`, {
        next: `It may become ${NEXT_STATES[row.state].join(' or ')}.`,
        status: 409,
      });
    }
    this.#store.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(lessons === undefined ? {} : { lessons }),
      ...(pace === undefined ? {} : { pace }),
      ...(opened === undefined ? {} : { opened: [...new Set(opened)] }),
      ...(state === undefined ? {} : { state }),
      ...(fresh ? { code: newCode() } : {}),
    });
    return this.get(id);
  }

  #row(id: number): ClassRow {
    const row = Number.isSafeInteger(id) ? this.#store.get(id) : null;
    if (row) return row;
    throw new SlipwayError('no-class', 'There is no such class.', {
      next: 'Look at the list of classes.',
      status: 404,
    });
  }

  #view({ id, code, ...row }: ClassRow): Class {
    const learners = this.#people.inClass(id).length;
    return { ...row, id, code: `${code.slice(0, 4)}-${code.slice(4)}`, learners };
  }

  #checkLessons(lessons: readonly string[]): void {
    const unknown = lessons.find((slug) => !this.#lessons.includes(slug));
    if (unknown === undefined) return;
    throw new SlipwayError('unknown-lesson', `There is no lesson ${unknown}.`, {
      next: 'Choose from the lessons of this server.',
      status: 400,
    });
  }
}
