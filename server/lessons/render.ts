// Markdown tokens of a lesson to HTML; runnable commands carry their text for the page's buttons.

import { Marked, type Token } from 'marked';

const marked = new Marked({
  renderer: {
    code({ text, lang }) {
      const code = `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>`;
      return lang === 'sh' ? `<div class="command" data-command="${escapeHtml(text)}">${code}</div>\n` : `${code}\n`;
    },
    link({ href, title, tokens }) {
      const text = this.parser.parseInline(tokens);
      if (!/^(https?:\/\/|\/|#)/.test(href)) return text;
      const attributes = href.startsWith('http') ? ' target="_blank" rel="noopener noreferrer"' : '';
      return `<a href="${escapeHtml(href)}"${title ? ` title="${escapeHtml(title)}"` : ''}${attributes}>${text}</a>`;
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

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
