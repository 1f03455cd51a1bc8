// Compiles each file in web/src/texts/ where the page is built and where its units are tested.

import type { Plugin } from 'vite';
import { compile } from './compile.ts';

const FOLDER = new URL('../src/texts/', import.meta.url);

export function catalogues(): Plugin {
  const read = async (name: string) => (await import(new URL(name, FOLDER).href)).default;
  return {
    name: 'slipway-catalogues',
    enforce: 'pre',
    async load(id) {
      const name = id.startsWith(FOLDER.pathname) ? id.slice(FOLDER.pathname.length) : '';
      if (!/^[A-Za-z-]+\.ts$/.test(name)) return null;
      return compile(await read('en.ts'), await read(name));
    },
  };
}
