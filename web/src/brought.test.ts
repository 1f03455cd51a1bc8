// What a document brings is taken once, where it is what the page wants.

import { afterEach, expect, test, vi } from 'vitest';
import { BROUGHT_ID, type Brought } from '../../protocol/brought.ts';
import { bring, takeBrought } from './brought.ts';

const lesson = { slug: 'one', language: 'en', title: 'One', summary: '', minutes: 1, heading: null, needs: [] };
const brought: Brought = {
  lesson: { ...lesson, steps: [], introHtml: '', goals: [], sources: [], next: null },
  languages: ['en', 'de'],
  session: null,
};

function documentWith(text: string): void {
  let element: { textContent: string; remove(): void } | null = {
    textContent: text,
    remove: () => {
      element = null;
    },
  };
  vi.stubGlobal('document', { getElementById: (id: string) => (id === BROUGHT_ID ? element : null) });
  bring();
}
afterEach(() => void vi.unstubAllGlobals());

test('it is taken once', () => {
  documentWith(JSON.stringify(brought));
  expect(takeBrought('one')).toEqual(brought);
  expect(takeBrought('one')).toBeNull();
});

test('another lesson asks the server, and the one that came back to it, too', () => {
  documentWith(JSON.stringify(brought));
  expect(takeBrought('two')).toBeNull();
  expect(takeBrought('one')).toBeNull();
});

test('what is in another language than the one that is wanted here is left', () => {
  documentWith(JSON.stringify({ ...brought, lesson: { ...brought.lesson, language: 'de' } }));
  expect(takeBrought('one')).toBeNull();
});

test('what cannot be read is left', () => {
  documentWith('{"lesson":');
  expect(takeBrought('one')).toBeNull();
  documentWith(JSON.stringify({ ...brought, lesson: { slug: 'one' } }));
  expect(takeBrought('one')).toBeNull();
});
