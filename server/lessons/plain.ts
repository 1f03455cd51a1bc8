// How typed answers are compared.

/** Quotes and spaces around a text, and capitals, do not matter. */
export function plain(text: string): string {
  return text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
