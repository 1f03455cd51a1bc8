// The document of a lesson: the built page, with the lesson and the learner's session in it as JSON.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROUGHT_ID, type Brought } from '../../protocol/brought.ts';

const END = '</body>';

/** Writes it; the built page is read once. */
export function lessonDocument(pageDir: string): (brought: Brought) => string {
  const page = readFileSync(join(pageDir, 'index.html'), 'utf8');
  const end = page.lastIndexOf(END);
  const [before, after] = [page.slice(0, end), page.slice(end)];
  return (brought) =>
    `${before}<script type="application/json" id="${BROUGHT_ID}">${withoutMarkup(JSON.stringify(brought))}</script>${after}`;
}

/** The same JSON; nothing in it ends its element, or begins another. */
function withoutMarkup(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
