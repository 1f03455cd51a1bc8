import { expect, test } from 'vitest';
import { escapeHtml, unescaped, withoutTags } from './html-text.ts';

test('what is escaped comes out as it was', () => {
  const text = `<a href="x">'&amp;'</a> ü`;
  expect(escapeHtml(text)).not.toMatch(/[<>"']/);
  expect(unescaped(escapeHtml(text))).toBe(text);
  expect(unescaped('&amp;lt; &lt;b&gt; &quot;&#39;&hellip;')).toBe(`&lt; <b> "'&hellip;`);
});

test('the text of HTML has what its tags surround', () => {
  expect(withoutTags('<p>the <code title="&gt;">&lt;b&gt;</code> tag</p>')).toBe('the <b> tag');
});
