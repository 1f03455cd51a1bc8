// Gives the learner a file that the page has made.

export function download(name: string, content: string | Blob): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has to have taken it first.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `slipway-the-round-trip-2026-05-17.txt` */
export const fileName = (lesson: string, ending: string, now = new Date()): string =>
  `slipway-${lesson}-${now.toISOString().slice(0, 10)}.${ending}`;
