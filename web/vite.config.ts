// How the page is built: hashed assets into dist/web, nothing inline, xterm.js in a chunk of its own, each file compressed
// beside itself.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import { catalogues } from './catalogue/plugin.ts';

/** Once, at the build, as small as can be. What is small already, such as a font, is left alone. */
const compressed: Plugin = {
  name: 'slipway-compressed',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((each) => /\.(js|css|svg)$/.test(each))) {
      const bytes = readFileSync(join(dir, name));
      const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes, { params: size }));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    }
  },
};

/** Fonts are asked for with the first bytes of the page, so that its first paint has them. */
const fontsFirst: Plugin = {
  name: 'slipway-fonts-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((name) => name.endsWith('.woff2'))
        .map((name) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${name}`, crossorigin: true },
          injectTo: 'head',
        })),
  },
};

/** No page writes JSON Schema, compiles a schema or shows zod's own words; zod brings both along with each of its schemas. */
const smallZod: Plugin = {
  name: 'slipway-small-zod',
  load(id) {
    if (/zod\/v4\/locales\/en\.js$/.test(id)) return 'export default () => ({ localeError: () => undefined });';
    if (!/zod\/v4\/core\/(json-schema-processors|to-json-schema|doc)\.js$/.test(id)) return null;
    const names = [...readFileSync(id, 'utf8').matchAll(/^export (?:const|function|class) (\w+)/gm)];
    return names.map(([, name]) => `export const ${name} = () => () => undefined;`).join('\n');
  },
};

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  plugins: [catalogues(), preact({ devToolsEnabled: false, prefreshEnabled: false }), smallZod, compressed, fontsFirst],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Those that know `light-dark()` and colours made from others, which the styles are written in.
    target: ['chrome125', 'firefox128', 'safari18'],
    modulePreload: { polyfill: false },
    // A `data:` font or script would need a wider content security policy than `default-src 'self'`.
    assetsInlineLimit: 0,
  },
});
