// Certificates that can be verified: made when the lessons of a class are done, and found by an id that nobody guesses.

import type { Certificate } from '../../protocol/records.ts';
import { SlipwayError } from '../errors.ts';
import type { Lessons } from '../lessons/load.ts';
import type { PersonRow } from '../store/people-store.ts';
import type { Store } from '../store/store.ts';
import type { Classes } from './classes.ts';
import { recordOf } from './records.ts';
import { newCertificateId } from './tokens.ts';

export interface CertificatesParts {
  store: Store;
  classes: Classes;
  lessons: Lessons;
}

export class Certificates {
  readonly #parts: CertificatesParts;

  constructor(parts: CertificatesParts) {
    this.#parts = parts;
  }

  /** The one of the same name and lessons where there is one. Throws `not-done`. */
  make(person: PersonRow): Certificate {
    const { store, classes, lessons } = this.#parts;
    const own = lessons.only(classes.lessonsFor(person) ?? []).all;
    const record = recordOf(store, person.session, own);
    if (record.length === 0 || record.some(({ passed, steps }) => passed < steps)) {
      throw new SlipwayError('not-done', 'Not every step of your lessons is done.', {
        next: 'Do those that are left; one that you have skipped is opened again by a click.',
        status: 409,
      });
    }
    const titles = record.map(({ title }) => title);
    const same = this.of(person.id).find(
      ({ name, lessons }) => name === person.name && JSON.stringify(lessons) === JSON.stringify(titles),
    );
    if (same) return same;
    const row = { id: newCertificateId(), person: person.id, name: person.name, lessons: titles, madeMs: Date.now() };
    store.certificates.add(row);
    return this.get(row.id);
  }

  /** Oldest first. */
  of(person: string): Certificate[] {
    return this.#parts.store.certificates.of(person).map(view);
  }

  /** However it is written. Throws `no-certificate`. */
  get(id: string): Certificate {
    const letters = id.slice(0, 40).toUpperCase().replace(/[\s-]/g, '');
    const row = this.#parts.store.certificates.get(letters.replace(/(.{4})(?=.)/g, '$1-'));
    if (row) return view(row);
    throw new SlipwayError('no-certificate', 'There is no certificate with this id here.', {
      next: 'Look at the id again. Whoever had it may have had it erased.',
      status: 404,
    });
  }
}

function view({ id, name, lessons, madeMs }: Certificate): Certificate {
  return { id, name, lessons, madeMs };
}
