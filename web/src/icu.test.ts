// What the compiler refuses is a test, too: `tsc` reports each line that it should have refused and did not.

import { expect, test } from 'vitest';
import { formatsOf } from './formats.ts';
import type { Texts } from './icu.ts';
import { texts } from './texts.ts';

test('a text takes what its braces name, and nothing else', () => {
  expect(texts.list.progress({ n: 1, m: 1 })).toBe('1 of 1 step');
  expect(texts.list.progress({ n: 1_000, m: 2_000 })).toBe('1,000 of 2,000 steps');
  expect(texts.list.resume({ step: 'Pull' })).toBe('Go on with “Pull”');
  expect(texts.cancel).toBe('Cancel');
  const refused = [
    // @ts-expect-error: one is missing
    () => texts.list.progress({ n: 1 }),
    // @ts-expect-error: no number
    () => texts.list.progress({ n: 1, m: 'two' }),
    // @ts-expect-error: one too many
    () => texts.list.progress({ n: 1, m: 2, of: 3 }),
    // @ts-expect-error: no text
    () => texts.list.resume({ step: 3 }),
    // @ts-expect-error: it takes nothing
    () => texts.cancel(),
    // @ts-expect-error: no such text
    () => texts.nothing,
  ];
  expect(refused).toHaveLength(6);
});

test('what a text wants is read off cases within cases', () => {
  type Nested =
    Texts<'{why, select, idle {{n, plural, one {{name} waits} other {# wait}}} other {}} at {at, time, short}'>;
  const values: Parameters<Nested>[0] = { why: 'idle', n: 1, name: 'a', at: new Date(0) };
  // @ts-expect-error: no case of it
  values.why = 'total';
  type Named = Texts<'{first} and {n, plural, one {one} other {#}}'>;
  const named: Parameters<Named>[0] = { first: 'a', n: 1 };
  // @ts-expect-error: words of a case are not values
  named.one = '';
  type Switch = Texts<'{on, select, true {a} other {b}}'>;
  const both: Parameters<Switch>[0][] = [{ on: true }, { on: false }];
  expect([values, named, both]).toHaveLength(3);
});

test('each language has its own plurals and numbers', () => {
  const cases = { one: '1', few: '2–4', other: 'more', '=0': 'none' };
  expect([0, 1, 3, 5].map((n) => formatsOf('cs').plural(n, cases))).toEqual(['none', '1', '2–4', 'more']);
  expect(formatsOf('de').number(1234.5)).toBe('1.234,5');
  expect(formatsOf('en').number(0.5, { style: 'percent' })).toBe('50%');
});

test('what English writes without Intl is what Intl would write', () => {
  const { number, plural } = formatsOf('en');
  const [numbers, rules] = [new Intl.NumberFormat('en'), new Intl.PluralRules('en')];
  for (const n of [...Array.from({ length: 1100 }, (_, at) => at), -1, 0.5, 1.5, 1e6]) {
    expect(number(n)).toBe(numbers.format(n));
    expect(plural(n, { one: 'one', other: 'other' })).toBe(rules.select(n));
  }
});
