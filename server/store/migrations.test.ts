// A database of an earlier Slipway is brought up to date with all that is in it.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { Store } from './store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'slipway-store-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** As the first version wrote it. */
function firstVersion(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA foreign_keys = ON; ${migrations[0]}; PRAGMA user_version = 1;
    INSERT INTO sandboxes (id, slot, nonce, terminal, terminal_byte) VALUES ('box', 3, 'n', 't', 77);
    INSERT INTO sessions VALUES ('ann', 1, 'intro', 'box'), ('bob', 2, NULL, NULL);
    INSERT INTO lesson_runs VALUES ('ann', 'intro', 'two', 1);
    INSERT INTO marks VALUES ('ann', 'intro', 'one', 'passed', 5);
    INSERT INTO journal (session, kind, body) VALUES ('ann', 'image', '{"name":"a","id":"sha256:1"}'), ('bob', 'event', '{}'),
      ('ann', 'command', '{"line":"ls"}');
    DELETE FROM journal WHERE session = 'bob'`);
  database.close();
}

it('can be read by its owner only, with the files beside it', () => {
  const file = join(dir, 'slipway.db');
  const store = new Store(openDatabase(file));
  store.addSession('ann', 1);
  const modes = ['', '-wal', '-shm'].map((end) => (statSync(file + end).mode & 0o777).toString(8));
  store.close();
  expect(modes).toEqual(['600', '600', '600']);
});

describe('a database of version 1', () => {
  it('keeps every row, and takes what is new', () => {
    const file = join(dir, 'slipway.db');
    firstVersion(file);
    const store = new Store(openDatabase(file));
    expect(store.sandboxes()).toEqual([{ id: 'box', slot: 3, nonce: 'n', claimed: true, spent: false }]);
    expect(store.terminals.of('box')).toEqual([{ number: 0, terminal: 't', byte: 77 }]);
    expect(store.sessions()).toEqual([
      { id: 'ann', lesson: 'intro', sandbox: 'box' },
      { id: 'bob', lesson: null, sandbox: null },
    ]);
    expect(store.lessonRuns('ann')).toEqual([{ lesson: 'intro', current: 'two', ready: true }]);
    expect(store.marks('ann')).toEqual([{ lesson: 'intro', step: 'one', mark: 'passed' }]);
    store.addJournal('ann', 'latch', { key: 'k' });
    expect(store.journal('ann')).toEqual([
      { kind: 'image', body: { name: 'a', id: 'sha256:1' } },
      { kind: 'command', body: { line: 'ls' } },
      { kind: 'latch', body: { key: 'k' } },
    ]);
    expect(() => store.addJournal('ann', 'other' as never, {})).toThrow(/CHECK/);
    store.close();
    // Opened again it is not migrated again.
    const again = new Store(openDatabase(file));
    expect(again.journal('ann')).toHaveLength(3);
    again.close();
  });

  it('still forgets with a session what belongs to it', () => {
    const file = join(dir, 'slipway.db');
    firstVersion(file);
    const store = new Store(openDatabase(file));
    store.steps.addQuiz('ann', 'intro', 'one', 0);
    store.evidence.add('ann', 'intro', 'one', 'pass', {});
    store.removeSession('ann');
    expect(store.journal('ann')).toEqual([]);
    expect(store.steps.of('ann').quizzes).toEqual([]);
    expect(store.evidence.newest('ann', 'intro', 'one')).toBeNull();
    store.close();
  });
});

it('refuses a database of a newer Slipway', () => {
  const file = join(dir, 'slipway.db');
  openDatabase(file).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => openDatabase(file)).toThrow(/newer Slipway \(schema 99\)/);
});
