// How messages to the learner quote names that come from their sandbox.

/** Without control characters and those that turn the direction of writing or take no room. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '');
}

/** Fit to stand between backticks: without backticks and control characters, at most 100 characters. */
export function plain(text: string): string {
  const clean = visible(text.slice(0, 1000)).replaceAll('`', '');
  const characters = Array.from(clean);
  return characters.length <= 100 ? clean : `${characters.slice(0, 99).join('')}…`;
}

export function code(text: string | number): string {
  return `\`${plain(String(text))}\``;
}

/** `` `a` ``, `` `a` and `b` ``, `` `a`, `b` and `c` ``; of more than four the first three and how many follow. */
export function listed(names: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const shown = names.length > 4 ? names.slice(0, 3).map(code) : names.map(code);
  if (names.length > 4) shown.push(`${names.length - 3} more`);
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${joint} ${shown.at(-1)}`;
}
