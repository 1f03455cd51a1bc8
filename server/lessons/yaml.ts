// YAML to a typed value, where every complaint names file, line and what was expected.

import { type Alias, type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { SlipwayError } from '../errors.ts';
import { complaintOf } from './complaint.ts';

export class LessonError extends SlipwayError {
  readonly file: string;
  readonly line: number;
  /** Without the place. */
  readonly problem: string;

  constructor(file: string, line: number, message: string) {
    super('bad-lesson', `${file}:${line}: ${message}`, {
      next: 'Mend the lesson file; docs/lessons.md has the format.',
    });
    this.file = file;
    this.line = line;
    this.problem = message;
  }
}

/** `line` is the number of the text's first line in the file. Throws LessonError. */
export function parseYaml<T>(text: string, schema: z.ZodType<T>, file: string, line: number): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number | undefined) => line + (offset === undefined ? 0 : lines.linePos(offset).line - 1);
  const [broken] = [...document.errors, ...document.warnings];
  if (broken) throw new LessonError(file, lineAt(broken.pos[0]), syntaxWords(broken.message));
  const alias = firstAlias(document);
  // A few of them in each other make gigabytes.
  if (alias)
    throw new LessonError(file, lineAt(alias.range?.[0]), `an alias (\`*${alias.source}\`) is not taken; write it out`);
  const data: unknown = document.toJS();
  const result = schema.safeParse(data ?? undefined);
  if (result.success) return result.data;
  const { path, message } = complaintOf(schema, result.error, data ?? undefined);
  throw new LessonError(file, lineAt(offsetOf(document.contents, path)), message);
}

/** The line on which each entry of a list begins; none where it is no list. */
export function entryLines(text: string): number[] {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  return isSeq(contents) ? contents.items.map((item) => lines.linePos((item as Node).range?.[0] ?? 0).line) : [];
}

/** The parser's words without its place, which counts from the part's own first line. */
function syntaxWords(message: string): string {
  const [first = ''] = message.split('\n');
  return `not YAML: ${first.replace(/ at line \d+, column \d+:?$/, '')}`;
}

function firstAlias(document: Document): Alias | null {
  let found: Alias | null = null;
  visit(document, {
    Alias(_key, node) {
      found = node;
      return visit.BREAK;
    },
  });
  return found;
}

/** Where a path leads, or the part of it that is there. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number | undefined {
  let node = root as Node | null;
  let offset = node?.range?.[0];
  for (const part of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
      : undefined;
    const child = (pair?.value ??
      (node as { get?: (key: unknown, keep: boolean) => unknown } | null)?.get?.(part, true)) as Node | undefined;
    offset = (pair?.key as Node | undefined)?.range?.[0] ?? child?.range?.[0] ?? offset;
    node = child ?? null;
  }
  return offset;
}
