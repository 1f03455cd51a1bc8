// Commands are bounded for each session, and go with it.

import { expect, it } from 'vitest';
import { MOST_COMMANDS } from '../../protocol/work.ts';
import { openDatabase } from './database.ts';
import { Store } from './store.ts';

it('keeps the newest of a session, the newest first, and nothing of one that is gone', () => {
  const store = new Store(openDatabase(':memory:'));
  store.addSession('ann', 1);
  store.addSession('bob', 2);
  const typed = (line: string) => ({ line, exitCode: 1, startedMs: 5, endedMs: 6 });
  store.commands.add('bob', typed('of another'));
  for (let n = 0; n <= MOST_COMMANDS; n++) store.commands.add('ann', typed(`echo ${n}`));
  const kept = store.commands.of('ann');
  expect(kept).toHaveLength(MOST_COMMANDS);
  expect(kept[0]).toEqual(typed(`echo ${MOST_COMMANDS}`));
  expect(kept.at(-1)).toEqual(typed('echo 1'));
  expect(store.commands.of('bob')).toEqual([typed('of another')]);
  store.removeSession('ann');
  expect(store.commands.of('ann')).toEqual([]);
  store.close();
});
