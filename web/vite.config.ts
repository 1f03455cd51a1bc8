// How the page is built: hashed assets into dist/web, nothing inline but what runs before the first painting, xterm.js in a chunk
// of its own, each file compressed beside itself.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { build, defineConfig, type Plugin, type Rollup, Visitor } from 'vite';
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

/** The app comes while what the server has rendered is painted (src/start.ts). */
const appSoon: Plugin = {
  name: 'slipway-app-soon',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/main.tsx'));
      const names = app ? [app.fileName, ...app.imports] : [];
      return names.map((name) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', href: `/${name}`, crossorigin: true },
        injectTo: 'head',
      }));
    },
  },
};

/** Small, and in the document itself: a file of its own would come after the first painting, or hold it up. */
const firstLook: Plugin = {
  name: 'slipway-first-look',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: async () => {
      const built = await build({
        configFile: false,
        logLevel: 'warn',
        build: {
          write: false,
          lib: { entry: new URL('src/first-look.ts', import.meta.url).pathname, formats: ['iife'], name: 'firstLook' },
        },
      });
      const { output } = (built as Rollup.RollupOutput[])[0] ?? { output: [] };
      return [
        {
          tag: 'script',
          children: 'const windowSize = { width: innerWidth, height: innerHeight };',
          injectTo: 'head-prepend',
        },
        { tag: 'script', children: output[0]?.code.trim() ?? '', injectTo: 'body' },
      ];
    },
  },
};

/** They are for docs/protocol.md: here each would take its bytes, and a copy of its schema while the page starts. */
const withoutDescriptions: Plugin = {
  name: 'slipway-without-descriptions',
  transform: {
    filter: { id: /\/protocol\/[\w-]+\.ts$/ },
    handler(code) {
      const cuts: [from: number, to: number][] = [];
      new Visitor({
        CallExpression({ callee, end }) {
          if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
          if (/^(describe|meta)$/.test(callee.property.name)) cuts.push([callee.object.end, end]);
        },
      }).visit(this.parse(code));
      const left = cuts
        .sort(([a], [b]) => b - a)
        .reduce((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), code);
      return { code: left, map: null };
    },
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
  plugins: [
    catalogues(),
    preact({ devToolsEnabled: false, prefreshEnabled: false }),
    withoutDescriptions,
    smallZod,
    compressed,
    fontsFirst,
    appSoon,
    firstLook,
  ],
  define: { 'import.meta.env.RENDERING': 'false' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Those that know `light-dark()` and colours made from others, which the styles are written in.
    target: ['chrome125', 'firefox128', 'safari18'],
    modulePreload: { polyfill: false },
    // A `data:` font or script would need a wider content security policy than `default-src 'self'`.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Alone, so that the start does not wait for the app that has it, too.
            { name: 'later', test: /preload-helper/, priority: 2 },
            { name: 'app', test: /\/src\/main\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
});
