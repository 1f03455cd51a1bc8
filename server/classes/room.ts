// What a server has where a teacher has a room: its people and its classes.

import type { Store } from '../store/store.ts';
import { Classes } from './classes.ts';
import { People } from './people.ts';

export interface Room {
  people: People;
  classes: Classes;
}

/** `key` seals return links; `lessons` are the slugs of all that are offered. */
export function roomOf(store: Store, key: string, lessons: readonly string[]): Room {
  return {
    people: new People({ store: store.people, classes: store.classes, key }),
    classes: new Classes({ store: store.classes, people: store.people, lessons }),
  };
}
