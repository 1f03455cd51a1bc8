// Opens links found in output: only http and https, and without giving the other page a handle on this one.

const LINK = /https?:\/\/[^\s"'`<>|\\^{}]+/g;
const MOST = 3;

/** The last links in a text, for those who have no pointer. */
export function linksIn(text: string): string[] {
  const found = text.match(LINK)?.map((link) => link.replace(/[.,;:!?)\]]+$/, '')) ?? [];
  return [...new Set(found)].slice(-MOST);
}

export function openLink(_event: unknown, uri: string): void {
  const url = URL.parse(uri);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return;
  window.open(url.href, '_blank', 'noopener,noreferrer');
}
