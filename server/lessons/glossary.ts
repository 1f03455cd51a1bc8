// The glossary, `lessons/glossary.md`: each `## Term` with its definition.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import type { Term } from '../../protocol/lesson.ts';
import { anchorOf, plainTitle } from './anchor.ts';
import { readLessonFile } from './files.ts';
import { renderTokens } from './render.ts';
import { LessonError } from './yaml.ts';

export interface GlossaryTerm extends Term {
  /** Of its heading in the file. */
  line: number;
}

export function glossaryFile(dir: string): string {
  return join(dir, 'glossary.md');
}

/** None where there is no such file. Throws LessonError for a broken one. */
export function loadGlossary(dir: string): Term[] {
  return (readGlossary(dir) ?? []).map(({ id, title, html }) => ({ id, title, html }));
}

/** Null where there is no such file. Throws LessonError for a broken one. */
export function readGlossary(dir: string): GlossaryTerm[] | null {
  const file = glossaryFile(dir);
  return existsSync(file) ? parseGlossary(readLessonFile(file, dir), file) : null;
}

/** Throws LessonError. `file` is only for its messages. */
export function parseGlossary(text: string, file: string): GlossaryTerm[] {
  const terms: { title: string; id: string; line: number; prose: Token[] }[] = [];
  let line = 1;
  for (const token of marked.lexer(text.replaceAll('\r\n', '\n'))) {
    const at = line;
    line += token.raw.split('\n').length - 1;
    const depth = token.type === 'heading' ? (token as Tokens.Heading).depth : 0;
    if (depth > 2) throw new LessonError(file, at, 'a term is a heading with two `##`, and nothing is below it');
    if (depth !== 2) {
      terms.at(-1)?.prose.push(token);
      continue;
    }
    const title = plainTitle(token as Tokens.Heading);
    const id = anchorOf(title);
    if (id === '') throw new LessonError(file, at, 'the heading has no letters to make an id of');
    const twin = terms.find((other) => other.id === id);
    if (twin) throw new LessonError(file, at, `term \`${id}\` is defined twice, first in line ${twin.line}`);
    terms.push({ title, id, line: at, prose: [] });
  }
  return terms.map(({ title, id, line, prose }) => {
    if (!prose.some(({ type }) => type === 'paragraph'))
      throw new LessonError(file, line, `term \`${title}\` has no definition`);
    return { id, title, line, html: renderTokens(prose) };
  });
}
