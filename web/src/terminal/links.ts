// Opens links found in output: only http and https, and without giving the other page a handle on this one.

export function openLink(_event: MouseEvent, uri: string): void {
  const url = URL.parse(uri);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return;
  window.open(url.href, '_blank', 'noopener,noreferrer');
}
