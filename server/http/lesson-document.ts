// The document of a lesson: the built page, with the lesson rendered in it, and lesson and session as JSON for the app that takes it over.

import { createHash } from 'node:crypto';
import { BROUGHT_ID, type Brought } from '../../protocol/brought.ts';
import { escapeHtml } from '../lessons/render.ts';
import type { Rendered } from './rendering.ts';

const ROOT = '<div id="app"></div>';
const TITLE = /<title>[^<]*<\/title>/;

/** Writes it. `page`: the built one. */
export function lessonDocument(page: string): (brought: Brought, rendered: Rendered | null) => string {
  const at = page.indexOf(ROOT);
  const [before, after] = [page.slice(0, at), page.slice(at + ROOT.length)];
  return (brought, rendered) => {
    const head = rendered ? before.replace(TITLE, () => `<title>${escapeHtml(rendered.title)}</title>`) : before;
    const json = withoutMarkup(JSON.stringify(brought));
    return `${head}<div id="app">${rendered?.html ?? ''}</div>${after.replace('</body>', () => `<script type="application/json" id="${BROUGHT_ID}">${json}</script></body>`)}`;
  };
}

/** Of the scripts that stand in the built page itself, for its content security policy. */
export function scriptHashes(page: string): string[] {
  const scripts = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = '']) => script);
  return scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
}

/** The same JSON; nothing in it ends its element, or begins another. */
function withoutMarkup(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
