import { expect, test } from 'vitest';
import { namesIn } from './names-in.ts';

test('a name a line, whatever ends it, each once and none that is empty', () => {
  expect(namesIn('\uFEFFAnna\r\n\n  Béa  \rCem\nAnna\n')).toEqual(['Anna', 'Béa', 'Cem']);
  expect(namesIn(' \n\t\n')).toEqual([]);
});

test('of a CSV file what stands first', () => {
  expect(namesIn('"Okafor, Ngozi",n@example.org\nLi;7\nUm\tx\n"say ""Zoë""",1')).toEqual([
    'Okafor, Ngozi',
    'Li',
    'Um',
    'say "Zoë"',
  ]);
});
