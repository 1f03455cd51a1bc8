// What this document brought along of its lesson, for whoever asks first; later the server is asked.

import { BROUGHT_ID, type Brought, broughtSchema } from '../../protocol/brought.ts';
import { languageFor, wantedLanguages } from './language.ts';

/** Null where it brought nothing of this lesson, or not in the language that is wanted here. */
export function takeBrought(slug: string): Brought | null {
  const element = document.getElementById(BROUGHT_ID);
  element?.remove();
  const brought = read(element?.textContent ?? null);
  if (brought?.lesson.slug !== slug) return null;
  // The server knows what the browser asks for, not what was chosen on this page.
  return languageFor(wantedLanguages, brought.languages) === brought.lesson.language ? brought : null;
}

function read(json: string | null): Brought | null {
  if (json === null) return null;
  try {
    return broughtSchema.parse(JSON.parse(json));
  } catch {
    // Of another version: the server says how it is now.
    return null;
  }
}
