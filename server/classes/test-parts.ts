// What tests of a room's parts begin with: a database in memory, and the code of a refusal.

import { DatabaseSync } from 'node:sqlite';
import { SlipwayError } from '../errors.ts';
import { migrations } from '../store/migrations.ts';

/** With all tables, and nothing in them. */
export function emptyDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`PRAGMA foreign_keys = ON; ${migrations.join(';')}`);
  return database;
}

/** Of what it throws; anything but a SlipwayError is thrown on. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SlipwayError) return error.code;
    throw error;
  }
  return 'no error';
}
