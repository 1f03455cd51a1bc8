// The glossary, fetched once a page load.

import { signal } from '@preact/signals';
import type { Term } from '../../../protocol/lesson.ts';
import { type ApiProblem, asProblem, getGlossary } from '../api.ts';

export type Glossary =
  | { state: 'loading' }
  | { state: 'loaded'; terms: readonly Term[] }
  | { state: 'failed'; problem: ApiProblem };

export const glossary = signal<Glossary>({ state: 'loading' });
let asking: Promise<void> | null = null;

/** Fetches it where it is not there and not on its way; after a failure, again. */
export function loadGlossary(): Promise<void> {
  asking ??= getGlossary().then(
    (terms) => {
      glossary.value = { state: 'loaded', terms };
    },
    (error: unknown) => {
      asking = null;
      glossary.value = { state: 'failed', problem: asProblem(error) };
    },
  );
  return asking;
}
