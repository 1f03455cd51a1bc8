// Text in HTML, and out of it, without a browser.

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** What Markdown escapes, as it was. */
export function unescaped(html: string): string {
  return html.replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name = '') =>
    code === undefined ? (NAMED[name] ?? whole) : String.fromCodePoint(Number(code)),
  );
}

/** The text of a lesson's HTML. */
export function withoutTags(html: string): string {
  return unescaped(html.replace(/<[^>]*>/g, ''));
}
