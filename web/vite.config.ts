// How the page is built: hashed assets into dist/web, nothing inline, xterm.js in a chunk of its own.

import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // A `data:` font or script would need a wider content security policy than `default-src 'self'`.
    assetsInlineLimit: 0,
  },
});
