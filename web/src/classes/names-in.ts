// The names in what a teacher pastes or takes from a file: one a line; of a CSV file what stands first.

/** Without those that come twice. */
export function namesIn(text: string): string[] {
  const names = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map(firstField)
    .filter((name) => name !== '');
  return [...new Set(names)];
}

/** Quoted as https://www.rfc-editor.org/rfc/rfc4180 says, or up to the first separator. */
function firstField(line: string): string {
  const [, quoted] = /^\s*"((?:[^"]|"")*)"/.exec(line) ?? [];
  return (quoted?.replaceAll('""', '"') ?? line.split(/[,;\t]/)[0] ?? '').trim();
}
