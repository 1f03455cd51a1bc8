// A keyboard is another one's only between the learner's yes and the first no of either.

import { expect, it } from 'vitest';
import { Keyboards } from './keyboards.ts';
import { codeOf } from './test-parts.ts';

const sam = { id: 's', name: 'Sam' };
const kim = { id: 'k', name: 'Kim' };

it('is typed on by who asked, once the learner has allowed just that', () => {
  const keyboards = new Keyboards();
  let changes = 0;
  keyboards.watch(() => {
    changes += 1;
  });
  expect(codeOf(() => keyboards.allow('anna', 'x'))).toBe('no-ask');
  keyboards.ask('anna', sam);
  keyboards.ask('anna', sam);
  expect(codeOf(() => keyboards.ask('anna', kim))).toBe('keyboard-asked');
  const { ask = '' } = keyboards.of('anna') ?? {};
  expect(keyboards.of('anna')).toEqual({ ask, by: 'Sam', allowed: false });
  expect(keyboards.types('anna', 's')).toBe(false);
  expect(codeOf(() => keyboards.allow('bea', ask))).toBe('no-ask');
  keyboards.allow('anna', ask);
  keyboards.allow('anna', ask);
  expect([keyboards.types('anna', 's'), keyboards.types('anna', 'k'), keyboards.types('bea', 's')]).toEqual([
    true,
    false,
    false,
  ]);
  keyboards.takeBack('anna');
  keyboards.takeBack('anna');
  expect(keyboards.types('anna', 's')).toBe(false);
  expect(changes).toBe(3);
  // What was allowed is not allowed again.
  keyboards.ask('anna', sam);
  expect(codeOf(() => keyboards.allow('anna', ask))).toBe('no-ask');
});

it('is given back by who has it, and by nobody else', () => {
  const keyboards = new Keyboards();
  keyboards.ask('anna', sam);
  keyboards.allow('anna', keyboards.of('anna')?.ask ?? '');
  keyboards.giveBack('anna', 'k');
  expect(keyboards.types('anna', 's')).toBe(true);
  keyboards.giveBack('anna', 's');
  expect(keyboards.of('anna')).toBeNull();
});
