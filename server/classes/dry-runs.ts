// A teacher's dry run: the lessons of a class as its learners have them now, in a run of its own that leaves no trace.

import type { Sessions } from '../sessions/sessions.ts';
import type { PeopleStore, PersonRow } from '../store/people-store.ts';
import type { Classes } from './classes.ts';

export interface DryRunsParts {
  store: PeopleStore;
  classes: Classes;
  sessions: Sessions;
  /** Nothing that was deleted is to be found afterwards. */
  settle: () => void;
}

export class DryRuns {
  readonly #parts: DryRunsParts;

  constructor(parts: DryRunsParts) {
    this.#parts = parts;
  }

  /** What they tried of their own is set aside; another dry run ends. Throws `no-class`. */
  async begin(person: PersonRow, ofClass: number): Promise<PersonRow> {
    const { store, classes } = this.#parts;
    const { id } = classes.get(ofClass);
    const { session } = await this.end(person);
    store.update(person.id, { session: null, setAside: session, dryRun: id });
    return store.person(person.id) as PersonRow;
  }

  /** Erases all of it with its computer, and brings back what was set aside; nothing where there is none. */
  async end(asks: PersonRow): Promise<PersonRow> {
    const { store, sessions, settle } = this.#parts;
    const person = store.person(asks.id) as PersonRow;
    if (person.dryRun === null) return person;
    const run = person.session === null ? null : sessions.withId(person.session);
    // First who they are: whoever asks meanwhile has their own run again.
    store.update(person.id, { session: person.setAside, setAside: null, dryRun: null });
    if (run) await sessions.erase(run);
    settle();
    return store.person(person.id) as PersonRow;
  }
}
