// Compiles each file in web/src/texts/ and web/src/room-texts/ where the page is built and where its units are tested.

import type { Plugin } from 'vite';
import { compile } from './compile.ts';

const FOLDERS = ['../src/texts/', '../src/room-texts/'].map((path) => new URL(path, import.meta.url));

export function catalogues(): Plugin {
  const read = async (folder: URL, name: string) => (await import(new URL(name, folder).href)).default;
  return {
    name: 'slipway-catalogues',
    enforce: 'pre',
    async load(id) {
      const folder = FOLDERS.find(({ pathname }) => id.startsWith(pathname));
      const name = folder ? id.slice(folder.pathname.length) : '';
      if (!folder || !/^[A-Za-z-]+\.ts$/.test(name)) return null;
      return compile(await read(folder, 'en.ts'), await read(folder, name));
    },
  };
}
