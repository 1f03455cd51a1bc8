// In which language a text is that is not the page's own: a screen reader must know how to say it.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What the server itself says, and the glossary. */
export const SERVER_LANGUAGE = 'en';

/** Around a lesson: the language of its text. */
export const LessonLanguage = createContext<string | undefined>(undefined);

/** For the `lang` of an element that holds a lesson's text; undefined outside of one. */
export const useLessonLanguage = (): string | undefined => useContext(LessonLanguage);
