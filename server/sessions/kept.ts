// What a session remembers through a restart of the server: its journal and the current step's latches.

import { Journal, type JournalEntry } from '../checks/journal.ts';
import type { Store } from '../store/store.ts';
import { StepLatches } from './latches.ts';

/** Reads both at once: they are kept in one table. */
export function keptOf(store: Store, session: string): { journal: Journal; latches: StepLatches } {
  const kept = store.journal(session);
  const journal = new Journal(
    {
      add: ({ kind, body }) => store.addJournal(session, kind, body),
      trim: (kinds, keep) => store.trimJournal(session, kinds, keep),
    },
    kept.filter(({ kind }) => kind !== 'latch') as JournalEntry[],
  );
  return { journal, latches: new StepLatches(store, session, kept) };
}
