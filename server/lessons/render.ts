// Markdown tokens of a lesson to HTML; runnable commands carry their text for the page's buttons.

import { Marked, type Token } from 'marked';

const marked = new Marked({
  renderer: {
    code({ text, lang }) {
      const code = `<pre tabindex="0"><code>${escape(text)}</code></pre>`;
      return lang === 'sh' ? `<div class="command" data-command="${escape(text)}">${code}</div>\n` : `${code}\n`;
    },
    link({ href, title, tokens }) {
      const text = this.parser.parseInline(tokens);
      if (!/^(https?:\/\/|\/|#)/.test(href)) return text;
      const attributes = href.startsWith('http') ? ' target="_blank" rel="noopener noreferrer"' : '';
      return `<a href="${escape(href)}"${title ? ` title="${escape(title)}"` : ''}${attributes}>${text}</a>`;
    },
    // A lesson is Markdown only.
    html({ text }) {
      return escape(text);
    },
  },
});

export function renderTokens(tokens: Token[]): string {
  return marked.parser(tokens);
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
