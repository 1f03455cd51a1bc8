// Who else may type in a learner's terminal: asked for by one who looks on, allowed by the learner, and over as soon as either
// of them wants that, or leaves.

import type { Keyboard } from '../../protocol/room.ts';
import { SlipwayError } from '../errors.ts';
import type { PersonRow } from '../store/people-store.ts';
import { newToken } from '../tokens.ts';
import { Watched } from '../watched.ts';

interface Held extends Keyboard {
  /** The id of whoever asked. */
  person: string;
}

const conflict = (code: string, message: string, next: string) =>
  new SlipwayError(code, message, { next, status: 409 });

export class Keyboards extends Watched {
  /** By learner. */
  readonly #held = new Map<string, Held>();

  /** Null while nobody asks and nobody else types. */
  of(learner: string): Keyboard | null {
    const held = this.#held.get(learner);
    return held ? { ask: held.ask, by: held.by, allowed: held.allowed } : null;
  }

  /** Whether this one may type there now. */
  types(learner: string, person: string): boolean {
    const held = this.#held.get(learner);
    return held?.allowed === true && held.person === person;
  }

  /** By one who looks on, of a learner who is there. Asked twice is asked once. Throws `keyboard-asked` where another one has. */
  ask(learner: string, { id, name }: Pick<PersonRow, 'id' | 'name'>): void {
    const held = this.#held.get(learner);
    if (held?.person === id) return;
    if (held) throw conflict('keyboard-asked', `${held.by} has asked already.`, 'Speak to each other.');
    this.#held.set(learner, { ask: newToken(), by: name, allowed: false, person: id });
    this.changed();
  }

  /** By the learner. Throws `no-ask` where that was withdrawn, or is another one's by now. */
  allow(learner: string, ask: string): void {
    const held = this.#held.get(learner);
    if (held?.ask !== ask) throw conflict('no-ask', 'Nobody asks for the keyboard any more.', 'Go on.');
    if (held.allowed) return;
    held.allowed = true;
    this.changed();
  }

  /** By the learner, who refuses or takes it back, or because they left. */
  takeBack(learner: string): void {
    if (this.#held.delete(learner)) this.changed();
  }

  /** By whoever asked or types, or because they look on no more. */
  giveBack(learner: string, person: string): void {
    if (this.#held.get(learner)?.person === person) this.takeBack(learner);
  }
}

export const notLooking = () =>
  conflict('not-looking', 'Only who looks on at a terminal asks for its keyboard.', 'Open the learner first.');
export const notThere = () => conflict('not-there', 'This learner has no page open.', 'Wait until they are back.');
