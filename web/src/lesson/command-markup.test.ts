import { expect, test } from 'vitest';
import { withButtons } from './command-markup.ts';

const block = (command: string, fills = '') =>
  `<p>before</p>\n<div class="command" data-command="${command}"${fills}><pre tabindex="0"><code>${command}</code></pre></div>\n<p>after</p>`;

test('a command gets its buttons, with what it says as text', () => {
  const html = withButtons(block('echo &#34;&#60;b&#62;&#34;'), true);
  expect(html).toContain('aria-label="Run in the terminal: echo &#34;&#60;b&#62;&#34;"');
  expect(html).toContain('class="command-copy"');
  expect(html).not.toContain('<b>');
  expect(html).not.toContain('command-note');
  expect(html.match(/<\/?div/g)).toHaveLength(4);
});

test('without a terminal it can be copied only', () => {
  expect(withButtons(block('docker ps'), false)).not.toContain('command-run');
});

test('placeholders are marked, and told below', () => {
  const html = withButtons(block('docker run &#60;image_id&#62; x', ' data-fills="image_id"'), true);
  expect(html).toContain('<code>docker run <span class="fill">&#60;image_id&#62;</span> x</code>');
  expect(html).toMatch(/<\/div><\/div><p class="command-note" role="status">[^<]*&#60;image_id&#62;[^<]*<\/p>/);
});
