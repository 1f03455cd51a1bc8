// Tells how far a long paste is on its way to the shell.

const LONG_CHARACTERS = 64 * 1024;
const EVERY_MS = 200;

/** `left` are the bytes that are still on their way; `tell` gets the share that has gone, 1 at last. */
export function followPaste(text: string, left: () => number, tell: (share: number) => void): void {
  if (text.length < LONG_CHARACTERS) return;
  const all = left();
  if (all === 0) return;
  tell(0);
  const timer = setInterval(() => {
    const gone = 1 - Math.min(all, left()) / all;
    tell(gone);
    if (gone === 1) clearInterval(timer);
  }, EVERY_MS);
}
