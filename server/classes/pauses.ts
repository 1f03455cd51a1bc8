// A class that stands still: nothing is typed and no step changes until it goes on, also after a restart of the server.

import type { Sessions } from '../sessions/sessions.ts';
import type { ClassStore } from '../store/class-store.ts';
import type { PeopleStore, PersonRow } from '../store/people-store.ts';

export interface PauseParts {
  classes: ClassStore;
  people: PeopleStore;
  sessions: Sessions;
}

export class Pauses {
  readonly #parts: PauseParts;

  constructor(parts: PauseParts) {
    this.#parts = parts;
    for (const { id, pausedBy } of parts.classes.all()) if (pausedBy !== null) this.#hold(id, true);
  }

  /** By somebody of this name; who paused it first has. */
  pause(ofClass: number, by: string): void {
    if (this.by(ofClass) !== null) return;
    this.#parts.classes.update(ofClass, { pausedBy: by });
    this.#hold(ofClass, true);
  }

  resume(ofClass: number): void {
    if (this.by(ofClass) === null) return;
    this.#parts.classes.update(ofClass, { pausedBy: null });
    this.#hold(ofClass, false);
  }

  /** The name of whoever paused it; null while it goes on. */
  by(ofClass: number): string | null {
    return this.#parts.classes.get(ofClass)?.pausedBy ?? null;
  }

  /** Somebody has begun just now. */
  meet({ class: ofClass }: PersonRow, session: string): void {
    if (ofClass !== null && this.by(ofClass) !== null) this.#parts.sessions.withId(session)?.hold(true);
  }

  #hold(ofClass: number, is: boolean): void {
    const { people, sessions } = this.#parts;
    for (const { session } of people.inClass(ofClass)) if (session !== null) sessions.withId(session)?.hold(is);
  }
}
