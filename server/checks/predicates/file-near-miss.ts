// How a command that was to show a file at home differs from the one that a step asks for.

import type { SimpleCommand } from '../command-line.ts';
import { homePlace, isHomePath } from '../home-path.ts';
import { code } from '../quoted.ts';

/** They tell of files, but not what is in them. */
const NAMES_ONLY = new Set('ls dir vdir tree find stat file du'.split(' '));

/** A sentence, or null where nothing is near or the step asks for no file. */
export function fileProblem(seen: SimpleCommand, wanted: readonly SimpleCommand[]): string | null {
  const path = wanted.flatMap(({ words }) => words).find(isHomePath);
  if (path === undefined) return null;
  const program = code(seen.program);
  const same = wanted.find((one) => one.program === seen.program);
  const place = seen.words.map((word) => homePlace(word, path)).find((found) => found !== null);
  if (place && NAMES_ONLY.has(seen.program))
    return place.rest === ''
      ? `${program} shows only the name of ${code(place.at)}, not what is in it.`
      : `${program} shows only the names in ${code(place.at)}, not what is in the file ${code(place.rest)}.`;
  if (place && place.rest !== '') return `${code(place.at)} is a folder; the file in it is ${code(place.rest)}.`;
  if (!same) return null;
  if (!place) {
    const [typed] = seen.words.filter((word) => !word.startsWith('-') && !same.words.includes(word));
    return typed === undefined
      ? `${program} wasn't told which file.`
      : `${code(typed)} isn't the file that this step speaks of.`;
  }
  const missing = same.words.find((word) => !isHomePath(word) && !seen.words.includes(word));
  return missing === undefined ? null : `${program} also needs ${code(missing)}, before the file.`;
}
