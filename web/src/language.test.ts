import { expect, test } from 'vitest';
import { languageFor } from './language.ts';

test('the first wanted language that is there is spoken, by its full name or without its region', () => {
  const there = ['en', 'de', 'pt-BR'];
  expect(languageFor(['de-AT', 'en'], there)).toBe('de');
  expect(languageFor(['pt-BR', 'de'], there)).toBe('pt-BR');
  expect(languageFor(['pt', 'de'], there)).toBe('de');
  expect(languageFor(['en-US', 'de'], there)).toBe('en');
});

test('whoever wants none that is there gets English', () => {
  expect(languageFor(['ja', 'constructor'], ['en', 'de'])).toBe('en');
  expect(languageFor([], ['en'])).toBe('en');
});
