// Characters that a word processor puts in the place of those that the shell knows.

import { code } from './quoted.ts';

/** What to say of a docker or curl command with such characters; null where it has none. */
export function typographyProblem(line: string): string | null {
  const text = line.slice(0, 4096);
  if (!/\b(docker|curl)\b/.test(text)) return null;
  const quote = /[\u2018\u2019\u201c-\u201f]/.exec(text)?.[0];
  if (quote)
    return `${code(quote)} is a curly quote, which the shell takes for a letter. Type the straight ones, \`'\` or \`"\`.`;
  const dash = /(?:^|\s)([\u2012-\u2015\u2212]+)[A-Za-z]/.exec(text)?.[1];
  return dash ? `${code(dash)} is a long dash. An option begins with one or two hyphens, \`-\`.` : null;
}
