// Makes what was pasted harmless for a terminal, and says when the learner is asked first.

/** More than that is asked about where the program takes a paste as one. */
const MANY_LINES = 10;
const MANY_CHARACTERS = 5000;

/** Control characters would be keys: an escape could end a bracketed paste early and so press Return. */
export const harmless = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]/g, '');

export const linesOf = (text: string): number => text.replace(/\n+$/, '').split('\n').length;

/** Where the program does not take a paste as one, each line but the last runs at once. */
export function needsAsking(text: string, bracketedPaste: boolean): boolean {
  if (!bracketedPaste) return linesOf(text) > 1;
  return linesOf(text) > MANY_LINES || text.length > MANY_CHARACTERS;
}
