// What teachers and assistants do for one learner: they look on, which the learner sees, and send hints, commands and links.

import type { HelpItem } from '../../protocol/room.ts';
import type { PersonRow } from '../store/people-store.ts';
import { newToken } from '../tokens.ts';
import { Watched } from '../watched.ts';

/** The oldest goes where there are more. */
const MOST_KEPT = 10;

type Looker = Pick<PersonRow, 'id' | 'name'>;

export class Help extends Watched {
  readonly #items = new Map<string, HelpItem[]>();
  /** By learner: each look, and whose it is. */
  readonly #looks = new Map<string, Map<symbol, Looker>>();

  /** Somebody looks on at a learner's terminal, until the function that it returns is called. */
  look(learner: string, by: Looker): () => void {
    const look = Symbol();
    const looks = this.#looks.get(learner) ?? new Map<symbol, Looker>();
    this.#looks.set(learner, looks.set(look, by));
    this.changed();
    return () => {
      looks.delete(look);
      if (looks.size === 0) this.#looks.delete(learner);
      this.changed();
    };
  }

  /** Names, each once. */
  watchersOf(learner: string): string[] {
    return [...new Set(this.#lookers(learner).map(({ name }) => name))];
  }

  isWatchedBy(learner: string, person: string): boolean {
    return this.#lookers(learner).some(({ id }) => id === person);
  }

  itemsOf(learner: string): readonly HelpItem[] {
    return this.#items.get(learner) ?? [];
  }

  /** Also what was done for the learner. */
  tell(learner: string, from: string, { kind, text }: Pick<HelpItem, 'kind' | 'text'>): void {
    const items = [...this.itemsOf(learner), { id: newToken(), from, kind, text }];
    this.#items.set(learner, items.slice(-MOST_KEPT));
    this.changed();
  }

  /** By the learner. */
  dismiss(learner: string, id: string): void {
    const left = this.itemsOf(learner).filter((item) => item.id !== id);
    if (left.length > 0) this.#items.set(learner, left);
    else this.#items.delete(learner);
    this.changed();
  }

  #lookers(learner: string): Looker[] {
    return [...(this.#looks.get(learner)?.values() ?? [])];
  }
}
