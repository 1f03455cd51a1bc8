// Where the page starts: its styles, then what the server has rendered is painted, then the app takes it over.

import './styles/index.css';

/** Longer nobody waits for a painting: a page out of sight has none. */
const PAINTED_WITHIN_MS = 250;

const root = document.getElementById('app');
/** A lesson with a terminal is opened meanwhile, and its terminal's code comes. */
const opened = root?.querySelector('.lesson-page') ? openNow(location.pathname) : null;
if (root?.firstChild) await painted();
const app = import('./main.tsx');
if (opened) void import('./terminal/terminal-screen.ts').catch(() => undefined);
(await app).start(opened);

function openNow(page: string): { path: string; answer: Promise<Response> } {
  const path = `/api${page.replace(/\/$/, '')}/open`;
  const answer = fetch(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    // Its set-up waits until the page says that it is drawn.
    body: '{"drawing":true}',
  });
  // Told to whoever takes it.
  answer.catch(() => undefined);
  return { path, answer };
}

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
