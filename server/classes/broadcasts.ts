// The terminal that a teacher or assistant shows to a class: of their dry run of it, one at a time, until somebody ends it, or it is gone.

import type { Broadcast } from '../../protocol/room.ts';
import { SlipwayError } from '../errors.ts';
import type { LearnerSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ClassStore } from '../store/class-store.ts';
import type { PeopleStore, PersonRow } from '../store/people-store.ts';
import type { Shell } from '../terminal/screen-reading.ts';
import { SharedTerminal } from '../terminal/shared-terminal.ts';
import { newToken } from '../tokens.ts';
import { Watched } from '../watched.ts';

export interface BroadcastsParts {
  classes: ClassStore;
  people: PeopleStore;
  sessions: Pick<Sessions, 'withId'>;
}

interface Live {
  id: string;
  by: Pick<PersonRow, 'id' | 'name'>;
  shell: Shell;
  shared: SharedTerminal;
  /** Each look, whose it is, and what ends it. */
  looks: Map<symbol, { person: string; end: () => void }>;
  leaves: (() => void)[];
}

export interface Look {
  shell: Shell;
  shared: SharedTerminal;
  leave: () => void;
}

const conflict = (code: string, message: string, next: string) =>
  new SlipwayError(code, message, { next, status: 409 });

export class Broadcasts extends Watched {
  readonly #parts: BroadcastsParts;
  readonly #live = new Map<number, Live>();

  constructor(parts: BroadcastsParts) {
    super();
    this.#parts = parts;
  }

  /** Null while nobody shows theirs. */
  of(ofClass: number): Broadcast | null {
    const live = this.#live.get(ofClass);
    if (!live) return null;
    const watching = new Set([...live.looks.values()].map(({ person }) => person)).size;
    return { id: live.id, by: live.by.name, watching };
  }

  /**
   * By somebody in a dry run of an open class: one of its terminals, or the one used last where that is null. Their own goes on to
   * another terminal. Throws `class-not-open`, `no-dry-run`, `no-computer`, and `broadcast-on` where another one shows theirs.
   */
  begin(ofClass: number, person: PersonRow, terminal: number | null): void {
    const { classes, sessions } = this.#parts;
    if (classes.get(ofClass)?.state !== 'open')
      throw conflict('class-not-open', 'Nobody is in a class that is not open.', 'Open the class first.');
    const before = this.#live.get(ofClass);
    if (before && before.by.id !== person.id)
      throw conflict('broadcast-on', `${before.by.name} shows their terminal to the class.`, 'End that first.');
    const session = person.session === null ? null : sessions.withId(person.session);
    if (person.dryRun !== ofClass || !session)
      throw conflict(
        'no-dry-run',
        'A class is shown the terminal of a dry run of it.',
        'Begin a dry run of this class, and open a lesson.',
      );
    const { sandbox } = session;
    const shell = terminal === null ? session.lastShell?.terminal : sandbox?.terminal(terminal);
    if (!sandbox || !shell || !hasTerminal(session, shell.terminal))
      throw conflict('no-computer', 'There is no such terminal now.', 'Open a lesson that has one.');
    if (before?.shell.terminal === shell.terminal) return;
    this.end(ofClass);
    const { id, name } = person;
    const end = () => this.end(ofClass);
    const look = () =>
      this.#lookAfter(ofClass, id, () => session.sandbox === sandbox && hasTerminal(session, shell.terminal));
    this.#live.set(ofClass, {
      id: newToken(),
      by: { id, name },
      shell,
      shared: new SharedTerminal(shell, end),
      looks: new Map(),
      leaves: [session.observe(look), this.#parts.people.watch(look), classes.watch(look)],
    });
    this.changed();
  }

  /** Whoever looks on is told; nothing where nobody shows theirs. */
  end(ofClass: number): void {
    const live = this.#live.get(ofClass);
    if (!live) return;
    this.#live.delete(ofClass);
    for (const leave of live.leaves) leave();
    for (const { end } of [...live.looks.values()]) end();
    live.shared.close();
    this.changed();
  }

  /** `onEnd`: it is over. Throws `no-broadcast` where there is none. */
  look(ofClass: number | null, person: string, onEnd: () => void): Look {
    const live = ofClass === null ? undefined : this.#live.get(ofClass);
    if (!live) throw noBroadcast();
    const look = Symbol();
    live.looks.set(look, { person, end: onEnd });
    this.changed();
    const leave = () => {
      if (live.looks.delete(look)) this.changed();
    };
    return { shell: live.shell, shared: live.shared, leave };
  }

  /** It is over with the class, with the dry run, and with the terminal. */
  #lookAfter(ofClass: number, person: string, isThere: () => boolean): void {
    const { classes, people } = this.#parts;
    const goesOn = classes.get(ofClass)?.state === 'open' && people.person(person)?.dryRun === ofClass && isThere();
    if (!goesOn) this.end(ofClass);
  }
}

export const noBroadcast = () =>
  new SlipwayError('no-broadcast', 'Nobody shows a terminal to this class now.', {
    next: 'Go on with your lesson.',
    status: 404,
  });

/** The first one is there as long as the computer. */
function hasTerminal(session: LearnerSession, terminal: number): boolean {
  return terminal === 0 || session.view().terminals.includes(terminal);
}
