// A text of ours that names a term: `code` in backticks, and `[word](term)` as a link to where the glossary defines it.

import { Message } from '../message.tsx';
import { glossaryPath } from '../router.ts';

/** The link opens beside the page: whoever looks a word up wants to go on here. */
export function Explained({ text }: { text: string }) {
  const [before, word, term, after] = text.split(/\[([^[\]]+)\]\(([^)]+)\)/);
  return (
    <>
      <Message text={before ?? ''} />
      {word !== undefined && (
        <a href={`${glossaryPath}#${term}`} target="_blank" rel="noopener">
          {word}
        </a>
      )}
      <Message text={after ?? ''} />
    </>
  );
}
