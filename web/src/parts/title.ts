// Keeps the document's title in step with the page shown.

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.ts';

type PageName = { text: string; language: string | undefined };

/** What the page shown is called; the product's own name where that is not known yet. */
export const pageName = signal<PageName>({ text: '', language: undefined });

/** `language`: of the page's name, where it is a lesson's. */
export function useTitle(page: string, language?: string): void {
  useEffect(() => {
    document.title = page === texts.name ? texts.name : texts.title({ page });
    pageName.value = { text: page, language };
  }, [page]);
}
