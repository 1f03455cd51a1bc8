// Which names stood for which images, kept through a restart and a replacement.

import { expect, test } from 'vitest';
import { Journal, type JournalEntry } from './journal.ts';

function kept(earlier: JournalEntry[] = []) {
  const entries: JournalEntry[] = [];
  return { entries, journal: new Journal({ add: (entry) => void entries.push(entry), trim: () => {} }, earlier) };
}

test('all IDs that a name had, and all names that an image had', () => {
  const { entries, journal } = kept();
  for (const [atMs, [name, id]] of (
    [
      ['nginx', 'a'],
      ['docker.io/library/nginx:latest', 'a'],
      ['nginx:latest', 'b'],
      ['web:1', 'b'],
      ['nginx', 'a'],
    ] as const
  ).entries())
    journal.rememberImage(name, id, atMs);
  const replaced = kept().journal;
  replaced.replace(journal.entries());
  for (const one of [journal, kept(entries).journal, replaced]) {
    expect(one.idsOf('nginx')).toEqual(['b', 'a']);
    expect(one.rememberedId('nginx:latest')).toBe('a');
    expect(one.namesOf('b', 9)).toEqual(['nginx:latest', 'web:1']);
    expect(one.namesOf('b', 3)).toEqual(['nginx:latest']);
    expect(one.namesOf('a', 1)).toEqual(['nginx:latest']);
    expect(one.idsOf('alpine')).toEqual([]);
  }
  expect(entries).toHaveLength(4);
});

test('an image that comes anew with each pull does not fill the memory', () => {
  const { journal } = kept();
  for (let pull = 0; pull < 100; pull += 1) journal.rememberImage('nginx', `${pull}`, pull);
  expect(journal.idsOf('nginx')).toEqual(Array.from({ length: 10 }, (_, index) => `${90 + index}`));
});
