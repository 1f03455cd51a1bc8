// The texts of those pages that only a room has: they come with these pages, in the language that all of the page speaks.

import { type Formats, formatsOf } from './formats.ts';
import type { Texts } from './icu.ts';
import en from './room-texts/en.ts';
import { language, putInto } from './texts.ts';

type Catalogue = (formats: Formats) => Texts<typeof en>;

const others = import.meta.glob<Catalogue>(['./room-texts/*.ts', '!./room-texts/en.ts'], { import: 'default' });

/** English until `speakInRoom` has put another language in its place, as with `texts`. */
export const roomTexts = (en as unknown as Catalogue)(formatsOf('en'));

/** Resolves when they are in the page's language, or stay English since that cannot be had. */
export async function speakInRoom(): Promise<void> {
  const load = others[`./room-texts/${language}.ts`];
  if (!load) return;
  await load().then((catalogue) => putInto(roomTexts, catalogue(formatsOf(language))), console.warn);
}
