// The page's texts in a test, in the language that the page speaks there.

import { compile } from '../../web/catalogue/compile.ts';
import { formatsOf } from '../../web/src/formats.ts';
import type { Texts } from '../../web/src/icu.ts';
import room from '../../web/src/room-texts/en.ts';
import roomForeign from '../../web/src/room-texts/en-XA.ts';
import en from '../../web/src/texts/en.ts';
import foreign from '../../web/src/texts/en-XA.ts';

/** Of the pseudo-language: `?lang=en-XA`. */
export async function foreignTexts(): Promise<Texts<typeof en>> {
  return spoken(compile(en, foreign));
}

/** Of the pages that only a room has. */
export async function foreignRoomTexts(): Promise<Texts<typeof room>> {
  return spoken(compile(room, roomForeign));
}

async function spoken(catalogue: string) {
  const source = `data:text/javascript,${encodeURIComponent(catalogue)}`;
  return (await import(source)).default(formatsOf('en-XA'));
}
