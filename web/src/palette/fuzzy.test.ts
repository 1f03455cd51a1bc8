import { expect, test } from 'vitest';
import { fitOf, fitting } from './fuzzy.ts';

test('letters fit in their order, with others between', () => {
  expect(fitOf('rtr', 'The round trip')).not.toBeNull();
  expect(fitOf('trr', 'Tag')).toBeNull();
  expect(fitOf('  ROUND trip ', 'The round trip')).not.toBeNull();
});

test('what begins words or stands together comes first', () => {
  const all = ['Managing local images', 'Tags and digests', 'Show the map', 'The round trip'];
  const best = (typed: string) => fitting(typed, all, (text) => text)[0];
  expect(best('map')).toBe('Show the map');
  expect(best('td')).toBe('Tags and digests');
  expect(best('rt')).toBe('The round trip');
  expect(fitting('', all, (text) => text)).toEqual(all);
  expect(fitting('xyz', all, (text) => text)).toEqual([]);
});
