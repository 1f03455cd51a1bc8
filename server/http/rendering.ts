// Renders a lesson with the page's own components, in a context that has nothing of this process, nor of a browser.

import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import type { Brought } from '../../protocol/brought.ts';

export interface Rendered {
  title: string;
  /** Every text in it is escaped; lessons stand in it as they were made from Markdown. */
  html: string;
}

/** Null for a reader of another language than the page's own: the browser renders it then. */
export type Rendering = (brought: Brought, wanted: readonly string[]) => Rendered | null;

/** What components ask for while they are made. */
const NOTHING_HERE = `
  var window = globalThis, document = { addEventListener() {} }, navigator = { platform: '' };
  function addEventListener() {}
`;

/** `file`: what web/vite.rendering.config.ts makes of the page. */
export function rendering(file: string): Rendering {
  const context = createContext({}, { name: 'page' });
  runInContext(NOTHING_HERE, context);
  runInContext(readFileSync(file, 'utf8'), context, { filename: file });
  return (brought, wanted) => {
    Object.assign(context, { asked: JSON.stringify([brought, wanted]) });
    const said: string = runInContext('JSON.stringify(page.lessonPage(...JSON.parse(asked)))', context);
    return JSON.parse(said);
  };
}
