// Decides how the terminal is drawn: by WebGL on a graphics card, else by xterm.js's own elements.

import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

/** Names of WebGL computed by the processor, which is slower than elements. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Draws by WebGL where a graphics card does it. Elements take over where it fails, now or later. */
export function loadWebgl(terminal: Terminal): void {
  if (!hasGraphicsCard()) return;
  try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // xterm.js draws with elements already.
  }
}

function hasGraphicsCard(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(String(renderer));
}
