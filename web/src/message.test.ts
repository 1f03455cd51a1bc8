import { expect, test } from 'vitest';
import { messageParts } from './message.tsx';

test('sets code in backticks apart', () => {
  expect(messageParts('You tagged `a:1`; tag `b:2`.')).toEqual([
    { kind: 'text', text: 'You tagged ' },
    { kind: 'code', text: 'a:1' },
    { kind: 'text', text: '; tag ' },
    { kind: 'code', text: 'b:2' },
    { kind: 'text', text: '.' },
  ]);
});

test('keeps markup, lonely and empty backticks as text', () => {
  expect(messageParts('<b>`x')).toEqual([{ kind: 'text', text: '<b>`x' }]);
  expect(messageParts('a `` b')).toEqual([{ kind: 'text', text: 'a `` b' }]);
  expect(messageParts('')).toEqual([]);
});
