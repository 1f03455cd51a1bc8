import { createContext, Fragment, h } from 'preact';
import { expect, test } from 'vitest';
import { useContext } from './hooks.ts';
import { renderToString } from './render-to-string.ts';

test('what is said stays text, in elements and in attributes', () => {
  const hostile = '</p><script>alert("1")</script>&amp;';
  const html = renderToString(h('p', { title: hostile, style: { '--name': '"><b>' } }, hostile));
  expect(html.match(/<[^>]*>/g)).toHaveLength(2);
  expect(html).toContain('>&#60;/p&#62;&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;&#38;amp;<');
});

test('attributes are as Preact sets them', () => {
  const attributes = {
    hidden: false,
    disabled: true,
    'aria-hidden': false,
    'data-open': true,
    lang: undefined,
    id: null,
  };
  const handlers = { onClick: () => {}, key: 'k', ref: { current: null } };
  expect(renderToString(h('button', { ...attributes, ...handlers, tabIndex: -1 }, 1, null, false, 'x'))).toBe(
    '<button disabled aria-hidden="false" data-open="true" tabIndex="-1">1x</button>',
  );
  expect(renderToString(h('div', { style: { '--share': '4%', gridColumn: 2 } }, h('input', { type: 'text' })))).toBe(
    '<div style="--share:4%;grid-column:2"><input type="text"></div>',
  );
});

test('components get their context, and what they make is rendered', () => {
  const Language = createContext<string | undefined>(undefined);
  const Word = () => h('i', { lang: useContext(Language) as string | undefined }, 'w');
  const page = h(Fragment, {}, h(Language.Provider, { value: 'de' }, h(Word, {})), [h(Word, {})]);
  expect(renderToString(page)).toBe('<i lang="de">w</i><i>w</i>');
});
