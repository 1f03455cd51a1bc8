import { expect, test } from 'vitest';
import { formatsOf } from '../src/formats.ts';
import { compile, type Messages } from './compile.ts';
import { pseudo } from './pseudo.ts';

/** The texts of a catalogue, as the page gets them. */
async function textsOf(english: Messages, translation?: Messages, language = 'en') {
  const { default: catalogue } = await import(
    `data:text/javascript,${encodeURIComponent(compile(english, translation))}`
  );
  return catalogue(formatsOf(language));
}

test('a compiled text says what its message says', async () => {
  const texts = await textsOf({
    plain: 'A “text” with \\ and `code`',
    steps: '{n, plural, =0 {no steps} one {# step} other {# steps}} of {name}',
    others: '{n, plural, offset:1 =1 {{who} alone} one {{who} and # more} other {{who} and # more}}',
    share: '{share, number, percent}, {size, number, ::.0} GiB',
    on: '{on, select, true {is on} other {is off}}',
    day: '{at, date, ::yyyy}',
    lines: ['one', 'two {n, number}'],
  });
  expect(texts.plain).toBe('A “text” with \\ and `code`');
  expect([0, 1, 1_200].map((n) => texts.steps({ n, name: 'x' }))).toEqual([
    'no steps of x',
    '1 step of x',
    '1,200 steps of x',
  ]);
  expect([1, 2, 3].map((n) => texts.others({ n, who: 'Ada' }))).toEqual([
    'Ada alone',
    'Ada and 1 more',
    'Ada and 2 more',
  ]);
  expect(texts.share({ share: 0.5, size: 2 })).toBe('50%, 2.0 GiB');
  expect([true, false].map((on) => texts.on({ on }))).toEqual(['is on', 'is off']);
  expect(texts.day({ at: new Date('2026-06-01') })).toBe('2026');
  expect(texts.lines[1]({ n: 2 })).toBe('two 2');
});

test('a translation has its own plurals, and English where it has nothing', async () => {
  const english = { steps: '{n, plural, one {# step} other {# steps}}', more: 'more' };
  const czech = { steps: '{n, plural, one {# krok} few {# kroky} other {# kroků}}' };
  const texts = await textsOf(english, czech, 'cs');
  expect([1, 3, 5].map((n) => texts.steps({ n }))).toEqual(['1 krok', '3 kroky', '5 kroků']);
  expect(texts.more).toBe('more');
});

test('a wrong message does not come into the page', () => {
  const english = { list: { done: '{n, number} of {m, number}' } };
  expect(() => compile(english, english)).not.toThrow();
  expect(() => compile({ list: { done: '{n, number' } })).toThrow('list.done: ');
  expect(() => compile(english, { list: { done: '{n, number} von {k, number}' } })).toThrow(
    'list.done: it has {k,n}, in English it is {m,n}.',
  );
  expect(() => compile(english, { list: { fertig: '' } })).toThrow('list.fertig: there is no such text in English.');
  expect(() => compile(english, { list: 'Liste' })).toThrow('list: this is not a text in English.');
  expect(() => compile({ a: 'Text' }, { a: { b: 'Text' } })).toThrow('a: in English this is one text.');
});

test('the pseudo-language is English with accents, longer, and the same in all that is not for reading', async () => {
  const english = {
    steps: '{n, plural, one {# step} other {# steps}} of {name}',
    link: 'A [Tag](tag): `docker tag`',
    empty: '',
  };
  const texts = await textsOf(english, pseudo(english), 'en-XA');
  expect(texts.steps({ n: 2, name: 'Ada' })).toBe('[2 šţééþš óóƒ Ada]');
  expect(texts.link).toBe('[ÁÁ [Ţááğ](tag): `docker tag`]');
  expect(texts.empty).toBe('');
  const text = 'A reload or a lost connection costs you nothing; after a minute away, the place goes to the next.';
  expect(pseudo(text).length / text.length).toBeGreaterThan(1.35);
});
