// All that is kept of one person, whatever table it stands in: a table that is added later is in it, too.

import type { DatabaseSync } from 'node:sqlite';

type Row = Record<string, unknown>;
type Owned = { table: string; column: 'id' | 'session' | 'person' };

/** Hashes of what lets somebody in. */
const SECRET = ['password', 'links'];

export class PersonalData {
  readonly #db: DatabaseSync;
  constructor(database: DatabaseSync) {
    this.#db = database;
  }

  /** By table; of a learner without a name the person is null. */
  of(person: string | null, session: string | null): Record<string, Row[]> {
    const found: Record<string, Row[]> = {};
    for (const { table, column } of this.tables()) {
      const owner = column === 'session' || table === 'sessions' ? session : person;
      if (owner === null) continue;
      const rows = this.#db.prepare(`SELECT * FROM ${table} WHERE ${column} = ?`).all(owner) as Row[];
      if (rows.length > 0) found[table] = rows.map((row) => shown(table, row));
    }
    return found;
  }

  /** Those that have something of a person, and the column that says whose it is. */
  tables(): Owned[] {
    const names = this.#db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all() as {
      name: string;
    }[];
    return names.flatMap(({ name: table }): Owned[] => {
      if (table === 'people' || table === 'sessions') return [{ table, column: 'id' }];
      const columns = this.#db.prepare(`SELECT name FROM pragma_table_info(?)`).all(table) as { name: string }[];
      const column = (['session', 'person'] as const).find((one) => columns.some(({ name }) => name === one));
      return column ? [{ table, column }] : [];
    });
  }
}

function shown(table: string, row: Row): Row {
  const isSecret = (column: string) =>
    SECRET.includes(column) || (column === 'id' && (table === 'logins' || table === 'sign_in_links'));
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !isSecret(column))
      .map(([column, value]) => [column, parsed(value)]),
  );
}

/** What is kept as JSON is told as such. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
