// HTML of our own lesson files on the page: sanitised all the same.

import DOMPurify from 'dompurify';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { withoutTags } from '../rendering/html-text.ts';
import { useLessonLanguage } from './text-language.ts';

/** Lessons have no forms and bring no styles; all else that DOMPurify lets through is theirs to use. */
export function sanitised(html: string, forbidden: readonly string[] = []): DocumentFragment {
  const content = DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ADD_ATTR: ['target'],
    FORBID_TAGS: ['style', 'form', ...forbidden],
  });
  for (const link of content.querySelectorAll('a[target]')) link.setAttribute('rel', 'noopener noreferrer');
  return content;
}

/** Of an element whose content is not Preact's: on the server it is in it, in the browser it is left as it is. */
export function ownContent(html: () => string): { dangerouslySetInnerHTML: { __html: string } } {
  return { dangerouslySetInnerHTML: { __html: import.meta.env.RENDERING ? html() : '' } };
}

/** Its text without markup, for where only text can stand. */
export function plainText(html: string): string {
  if (import.meta.env.RENDERING) return withoutTags(html).trim();
  return sanitised(html).textContent?.trim() ?? '';
}

type Props = { html: string; id?: string; class?: string };

/** A short text, such as a choice of a quiz. */
export function RichText({ html, id, class: name = '' }: Props) {
  const host = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => host.current?.replaceChildren(sanitised(html)), [html]);
  return <span ref={host} id={id} lang={useLessonLanguage()} class={`rich-text ${name}`} {...ownContent(() => html)} />;
}
