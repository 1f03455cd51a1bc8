import { expect, test } from 'vitest';
import { linksIn } from './links.ts';

test('the last links of a text, each once, without what ends the sentence', () => {
  expect(linksIn('see http://localhost:5000/v2/, or (https://docs.docker.com/a_b?c=1#d).')).toEqual([
    'http://localhost:5000/v2/',
    'https://docs.docker.com/a_b?c=1#d',
  ]);
  expect(linksIn('http://a http://b http://a http://c "http://d"')).toEqual(['http://b', 'http://c', 'http://d']);
  expect(linksIn('javascript:alert(1) ftp://x')).toEqual([]);
});
