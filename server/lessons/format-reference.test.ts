// The document for authors says what the schemas say.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withReference } from './format-reference.ts';

const document = readFileSync('docs/lessons.md', 'utf8');

it('is up to date; otherwise run `npm run lessons -- docs`', () => {
  expect(withReference(document)).toBe(document);
});

it('notices what is out of date, and a document without marks', () => {
  const old = document.replace('minutes that it takes', 'hours');
  expect(old).not.toBe(document);
  expect(withReference(old)).toBe(document);
  expect(() => withReference('# Writing lessons\n')).toThrow('has no marks');
});
