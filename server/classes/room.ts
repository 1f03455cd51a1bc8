// What a server has where a teacher has a room: its people, its classes, their learners and their walls.

import type { Lessons } from '../lessons/load.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Store } from '../store/store.ts';
import { Broadcasts } from './broadcasts.ts';
import { Certificates } from './certificates.ts';
import { Classes } from './classes.ts';
import { keepCompletions } from './completions.ts';
import { DryRuns } from './dry-runs.ts';
import { Hands } from './hands.ts';
import { Help } from './help.ts';
import { Interventions } from './interventions.ts';
import { Keyboards } from './keyboards.ts';
import { Learners } from './learners.ts';
import { Overviews } from './overviews.ts';
import { Pauses } from './pauses.ts';
import { People } from './people.ts';
import { type RehearsalMachine, Rehearsals } from './rehearsals.ts';
import { Walls } from './wall.ts';
import type { Webhook } from './webhook.ts';
import { Work } from './work.ts';

export interface Room {
  people: People;
  classes: Classes;
  learners: Learners;
  certificates: Certificates;
  overviews: Overviews;
  dryRuns: DryRuns;
  broadcasts: Broadcasts;
  hands: Hands;
  help: Help;
  keyboards: Keyboards;
  interventions: Interventions;
  pauses: Pauses;
  rehearsals: Rehearsals;
  walls: Walls;
  work: Work;
  /** Null where whoever runs the server has set none. */
  webhook: Webhook | null;
}

export interface RoomParts {
  store: Store;
  /** Seals links. */
  key: string;
  sessions: Sessions;
  /** All that are offered. */
  lessons: Lessons;
  machine: RehearsalMachine;
  webhook?: Webhook | null;
}

export function roomOf({ store, key, sessions, lessons, machine, webhook = null }: RoomParts): Room {
  const slugs = lessons.all.map(({ slug }) => slug);
  const people = new People({ store: store.people, classes: store.classes, key });
  const classes = new Classes({ store: store.classes, people: store.people, lessons: slugs });
  const hands = new Hands(store.hands);
  if (webhook) keepCompletions({ store, classes, lessons }, () => webhook.wake());
  const help = new Help();
  const keyboards = new Keyboards();
  return {
    people,
    classes,
    learners: new Learners({
      people,
      classes,
      sessions,
      store: store.people,
      progress: store.classProgress,
      settle: () => store.settle(),
    }),
    certificates: new Certificates({ store, classes, lessons }),
    overviews: new Overviews({ store, classes, lessons, key }),
    dryRuns: new DryRuns({ store: store.people, classes, sessions, settle: () => store.settle() }),
    broadcasts: new Broadcasts({ classes: store.classes, people: store.people, sessions }),
    hands,
    webhook,
    help,
    keyboards,
    interventions: new Interventions({ sessions, lessons, help }),
    pauses: new Pauses({ classes: store.classes, people: store.people, sessions }),
    rehearsals: new Rehearsals({ machine, store, classes, sessions, lessons }),
    work: new Work(store.commands, store.evidence),
    walls: new Walls({
      classes: store.classes,
      people: store.people,
      evidence: store.evidence,
      sessions,
      lessons,
      hands,
      keyboards,
    }),
  };
}
