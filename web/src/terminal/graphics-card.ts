// Tells whether a graphics card draws WebGL: asked in a thread of its own, for the answer may take long and the page would stand
// still so long.

/** Names of WebGL computed by the processor, which is slower than elements. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

postMessage(isThere());

function isThere(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(String(renderer));
}
