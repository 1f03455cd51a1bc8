// What this document brought along of its lesson, for whoever asks first; later the server is asked.

import { BROUGHT_ID, type Brought, broughtSchema } from '../../protocol/brought.ts';
import { languageFor, wantedLanguages } from './language.ts';

let brought: Brought | null = null;

/** Reads it, before anybody takes it; where the server renders the page, it is given. Null where it is not in the language that is wanted here. */
export function bring(given: Brought | null = inDocument()): Brought | null {
  // The server knows what the browser asks for, not what was chosen on this page.
  const fits = given && languageFor(wantedLanguages, given.languages) === given.lesson.language;
  brought = fits ? given : null;
  return brought;
}

/** Null where it brought nothing of this lesson. */
export function takeBrought(slug: string): Brought | null {
  const taken = brought;
  brought = null;
  return taken?.lesson.slug === slug ? taken : null;
}

function inDocument(): Brought | null {
  const element = document.getElementById(BROUGHT_ID);
  element?.remove();
  return read(element?.textContent ?? null);
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
