// The page's texts in the language that it speaks. English comes with the page, another language in a file of its own.

import { type Formats, formatsOf } from './formats.ts';
import type { Texts } from './icu.ts';
import { chosenLanguage } from './language.ts';
import en from './texts/en.ts';

/** What the build makes of each catalogue (`web/catalogue/plugin.ts`). */
type Catalogue = (formats: Formats) => Texts<typeof en>;

const others = import.meta.glob<Catalogue>(['./texts/*.ts', '!./texts/en.ts'], { import: 'default' });
const names = Object.keys(others).map((file) => file.slice('./texts/'.length, -'.ts'.length));

/** Those that the page can speak, as BCP 47 tags. */
export const languages: readonly string[] = ['en', ...names];

export const language = chosenLanguage(languages);

/** English until `speak` has put another language in its place; so a module must not keep a single text, only a part. */
export const texts = (en as unknown as Catalogue)(formatsOf('en'));

/** Starts the page when it can speak its language: at once in English, which is also spoken where the other cannot be had. */
export function speak(start: () => void): void {
  const load = others[`./texts/${language}.ts`];
  if (!load) return start();
  void load()
    .then((catalogue) => {
      putInto(texts, catalogue(formatsOf(language)));
      document.documentElement.lang = language;
    }, console.warn)
    .then(start);
}

type Part = { [key: string]: unknown };

export function putInto(part: Part, other: Part): void {
  for (const [key, value] of Object.entries(other)) {
    if (typeof value === 'object') putInto(part[key] as Part, value as Part);
    else part[key] = value;
  }
}

/** “a, b, and c”, as the language joins them. */
export const listed = (parts: readonly string[]): string => new Intl.ListFormat(language).format(parts);
