// A path as it was typed, compared with one in the home folder that a step speaks of.

const HOME = /^(?:~|\$HOME|\/root)(?=\/|$)/;

export interface HomePlace {
  /** Written from the home folder: `~/.docker`. */
  at: string;
  /** What is left of the wanted path: `config.json`; empty where it is that file. */
  rest: string;
}

export function isHomePath(word: string): boolean {
  return word.startsWith('~/');
}

/**
 * Where on the way to `path`, `~/…`, the typed one leads: to it, or to a folder that it lies in; null where it does neither.
 * Which folder the shell is in is not known, so a relative path may begin at any of them.
 */
export function homePlace(typed: string, path: string): HomePlace | null {
  const wanted = parts(path);
  const seen = parts(typed);
  const fromHome = HOME.test(typed);
  if (!fromHome && (typed.startsWith('/') || seen.length === 0)) return null;
  const starts = fromHome ? [0] : wanted.map((_, at) => at);
  const start = starts.find((at) => seen.every((part, index) => fits(part, wanted[at + index])));
  if (start === undefined) return null;
  const end = start + seen.length;
  return { at: ['~', ...wanted.slice(0, end)].join('/'), rest: wanted.slice(end).join('/') };
}

function fits(part: string, wanted: string | undefined): boolean {
  return wanted !== undefined && (part === wanted || part === '*');
}

function parts(path: string): string[] {
  return path
    .replace(HOME, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
}
