// Keeps the document's title in step with the page shown.

import { useEffect } from 'preact/hooks';
import { texts } from '../texts.ts';

export function useTitle(page: string): void {
  useEffect(() => {
    document.title = page === texts.name ? texts.name : texts.title({ page });
  }, [page]);
}
