// The page's texts in a test, in the language that the page speaks there.

import { compile } from '../../web/catalogue/compile.ts';
import { formatsOf } from '../../web/src/formats.ts';
import type { Texts } from '../../web/src/icu.ts';
import en from '../../web/src/texts/en.ts';
import foreign from '../../web/src/texts/en-XA.ts';

/** Of the pseudo-language: `?lang=en-XA`. */
export async function foreignTexts(): Promise<Texts<typeof en>> {
  const source = `data:text/javascript,${encodeURIComponent(compile(en, foreign))}`;
  return (await import(source)).default(formatsOf('en-XA'));
}
