// Markdown tokens of a lesson to HTML; runnable commands carry their text for the page's buttons.

import { Marked, type Token } from 'marked';
import { placeholdersIn } from './fences.ts';

const marked = new Marked({
  renderer: {
    code({ text, lang }) {
      const code = `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>`;
      if (!/^sh\b/.test(lang ?? '')) return `${code}\n`;
      const fills = placeholdersIn(text).join(' ');
      const attribute = fills === '' ? '' : ` data-fills="${fills}"`;
      return `<div class="command" data-command="${escapeHtml(text)}"${attribute}>${code}</div>\n`;
    },
    link({ href, title, tokens }) {
      const text = this.parser.parseInline(tokens);
      const term = termOf(href);
      if (term) return `<button type="button" class="term" data-term="${term}">${text}</button>`;
      const target = addressOf(href);
      if (!/^(https?:\/\/|\/|#)/.test(target)) return text;
      const attributes = target.startsWith('http') ? ' target="_blank" rel="noopener noreferrer"' : '';
      return `<a href="${escapeHtml(target)}"${title ? ` title="${escapeHtml(title)}"` : ''}${attributes}>${text}</a>`;
    },
    // There are none: the page takes nothing from elsewhere, and a folder of lessons serves nothing but its text.
    image({ text }) {
      return escapeHtml(text);
    },
    // A lesson is Markdown only.
    html({ text }) {
      return escapeHtml(text);
    },
  },
});

export function renderTokens(tokens: Token[]): string {
  return marked.parser(tokens);
}

/** A Markdown text with its paragraphs. */
export function renderText(markdown: string): string {
  return renderTokens(marked.lexer(markdown));
}

/** A Markdown text of one line, without a paragraph around it. */
export function renderInline(markdown: string): string {
  return marked.parseInline(markdown, { async: false });
}

/** The glossary's term that a link leads to, or null. */
export function termOf(href: string): string | null {
  return /^(?:(?:\.\.\/)?glossary\.md)?#([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(href)?.[1] ?? null;
}

/** A link to another lesson's file, as the page addresses it; every other link as it is. */
function addressOf(href: string): string {
  const lesson = /^\.\.\/\d{2}-([a-z0-9-]+)\/(?:lesson\.md)?(#[a-z0-9-]+)?$/.exec(href);
  return lesson ? `/lessons/${lesson[1]}${lesson[2] ?? ''}` : href;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
