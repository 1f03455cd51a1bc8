// What a browser loads of the built page, in kilobytes as gzip sends it; a font is what it is.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const PAGE_DIR = 'dist/web';

const OF_A_ROOM = [
  'acting',
  'back-page',
  'broadcast',
  'class-api',
  'class-page',
  'copy-link',
  'classes-page',
  'dry-run-badge',
  'entry-form',
  'found-page',
  'handout-page',
  'help-api',
  'join-address',
  'join-page',
  'keyboard-api',
  'open-lessons',
  'overview',
  'plain-http',
  'privacy-page',
  'question',
  'record-api',
  'record-page',
  'record-table',
  'room',
  'verify-page',
  'sign-in-page',
  'wall',
];

export interface PageSizes {
  /** Before the terminal: the document and all that it names. */
  initialKbGzip: number;
  /** With terminal and map; of the languages, English. The pages of a room are loaded by whoever goes there. */
  totalKbGzip: number;
}

/** Of a page that is built. */
export function pageSizes(folder = PAGE_DIR): PageSizes {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const document = gzipSync(html).length;
  const files = readdirSync(join(folder, 'assets')).filter((name) => !/\.(br|gz)$/.test(name));
  const languages = readdirSync('web/src/texts').map((name) => name.replace('.ts', ''));
  const others = [...languages, ...OF_A_ROOM].map((name) => `${name}-`);
  const kilobytes = (names: readonly string[]) =>
    Math.round(names.reduce((sum, name) => sum + sent(join(folder, 'assets', name)), document) / 100) / 10;
  return {
    initialKbGzip: kilobytes(files.filter((name) => html.includes(`/assets/${name}`))),
    totalKbGzip: kilobytes(files.filter((name) => !others.some((other) => name.startsWith(other)))),
  };
}

/** Bytes. */
function sent(file: string): number {
  return statSync(`${file}.gz`, { throwIfNoEntry: false })?.size ?? statSync(file).size;
}
