// Where the page starts: its styles, then what the server has rendered is painted, then the app takes it over.

import './styles/index.css';

/** Longer nobody waits for a painting: a page out of sight has none. */
const PAINTED_WITHIN_MS = 250;

if (document.getElementById('app')?.firstChild) await painted();
await import('./main.tsx');

function painted(): Promise<unknown> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAINTED_WITHIN_MS);
    requestAnimationFrame(() => {
      // A frame is painted before what is posted in it comes.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  });
}
