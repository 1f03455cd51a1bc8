// Decides how the terminal is drawn: by WebGL on a graphics card, else by xterm.js's own elements.

import type { Terminal } from '@xterm/xterm';

let card: Promise<boolean> | undefined;

/** Whether there is a graphics card; asked once. */
function hasGraphicsCard(): Promise<boolean> {
  card ??= new Promise((resolve) => {
    const worker = new Worker(new URL('./graphics-card.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => {
      resolve(data === true);
      worker.terminate();
    };
    // Elements do where it cannot be asked.
    worker.onerror = () => resolve(false);
  });
  return card;
}

/** First comes the prompt: to ask takes a processor for a moment. */
const ASKED_AFTER_MS = 2_000;

/** Draws by WebGL where a graphics card does it, once that is known. Elements take over where it fails, now or later. */
export async function loadWebgl(terminal: Terminal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ASKED_AFTER_MS));
  if (!(await hasGraphicsCard())) return;
  try {
    const { WebglAddon } = await import('@xterm/addon-webgl');
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // xterm.js draws with elements already.
  }
}
