// How the page is built for the server, which renders lessons with it: one script without a browser, as server/http/rendering.ts runs it.

import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import { catalogues } from './catalogue/plugin.ts';

/** What is loaded later is not rendered. */
const nothingLater: Plugin = {
  name: 'slipway-nothing-later',
  enforce: 'pre',
  resolveDynamicImport: () => false,
};

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  plugins: [catalogues(), nothingLater, preact({ devToolsEnabled: false, prefreshEnabled: false })],
  define: { 'import.meta.env.RENDERING': 'true' },
  resolve: { alias: { 'preact/hooks': fileURLToPath(new URL('src/rendering/hooks.ts', import.meta.url)) } },
  build: {
    outDir: '../dist/rendering',
    emptyOutDir: true,
    minify: false,
    lib: { entry: 'src/rendering/page.tsx', formats: ['iife'], name: 'page', fileName: () => 'page.js' },
  },
});
