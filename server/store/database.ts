// Opens the SQLite file and brings its schema up to date.

import { chmodSync, existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, SlipwayError } from '../errors.ts';
import { migrations } from './migrations.ts';
import { RoomyDatabase } from './roomy-database.ts';

/** Throws SlipwayError `store` where the file cannot be opened or belongs to a newer Slipway. */
export function openDatabase(file: string): DatabaseSync {
  try {
    const database = new RoomyDatabase(file);
    // What learners typed is in it; the files beside it take this mode over.
    if (existsSync(file)) chmodSync(file, 0o600);
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000; PRAGMA secure_delete = ON',
    );
    migrate(database);
    return database;
  } catch (error) {
    if (error instanceof SlipwayError) throw error;
    throw new SlipwayError('store', `the database ${file} cannot be used: ${messageOf(error)}`, {
      next: 'Check free disk and the permissions of the data folder, or name another one with --data-dir.',
      cause: error,
    });
  }
}

/** For a look beside a running server. Throws SlipwayError `store` where there is none, or one of another schema. */
export function openReadOnly(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    database.exec('PRAGMA busy_timeout = 2000');
    if (versionOf(database) === migrations.length) return database;
    database.close();
  } catch (cause) {
    throw new SlipwayError('store', `the database ${file} cannot be read: ${messageOf(cause)}`, {
      next: 'Name the folder of the server with --data-dir, and look as the user that runs it.',
      cause,
    });
  }
  throw new SlipwayError('store', `the database ${file} is of another version of Slipway`, {
    next: 'Start this version once, then look again.',
  });
}

function versionOf(database: DatabaseSync): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version > migrations.length) {
    throw new SlipwayError('store-newer', `the database was written by a newer Slipway (schema ${version})`, {
      next: 'Use that version, or name another folder with --data-dir.',
    });
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }
  if (version > 0 && version < migrations.length) forgetFreePages(database);
}

/** What an earlier version deleted may still stand there. Where there is no room for that, the next upgrade does it. */
function forgetFreePages(database: DatabaseSync): void {
  try {
    database.exec('VACUUM');
  } catch {
    // It is as before.
  }
}
