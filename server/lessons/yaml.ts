// YAML to a typed value, where every complaint names file, line and what was expected.

import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { SlipwayError } from '../errors.ts';

export class LessonError extends SlipwayError {
  constructor(file: string, line: number, message: string) {
    super('bad-lesson', `${file}:${line}: ${message}`, {
      next: 'Mend the lesson file; docs/lessons.md has the format.',
    });
  }
}

/** `line` is the number of the text's first line in the file. Throws LessonError. */
export function parseYaml<T>(text: string, schema: z.ZodType<T>, file: string, line: number): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0 } as never);
  const lineAt = (offset: number | undefined) => line + (offset === undefined ? 0 : lines.linePos(offset).line - 1);
  const [broken] = document.errors;
  if (broken) throw new LessonError(file, lineAt(broken.pos[0]), broken.message.split('\n')[0] ?? 'not YAML');
  const result = schema.safeParse(document.toJS() ?? undefined);
  if (result.success) return result.data;
  const { issues } = result.error;
  // A misspelt key is the cause of the one that is missing.
  const issue = deepest((issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]) as z.core.$ZodIssue);
  const place = issue.path.join('.') || 'here';
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const message =
    issue.code === 'custom'
      ? issue.message
      : key === undefined
        ? `${place}: ${issue.message}`
        : `unknown key \`${key}\`${place === 'here' ? '' : ` in ${place}`}`;
  throw new LessonError(file, lineAt(offsetOf(document.contents, issue.path, key)), message);
}

/** Of a union's complaints the one that got furthest. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .flat()
    .map((other) => ({ ...other, path: [...issue.path, ...other.path] }) as z.core.$ZodIssue);
  return inner.sort((a, b) => b.path.length - a.path.length)[0] ?? issue;
}

function offsetOf(root: unknown, path: PropertyKey[], key: string | undefined): number | undefined {
  let node = root as Node | null;
  let offset = node?.range?.[0];
  for (const part of key === undefined ? path : [...path, key]) {
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === part) : undefined;
    const child = (node as { get?: (key: unknown, keep: boolean) => unknown } | null)?.get?.(part, true) as
      | Node
      | undefined;
    offset = (pair?.key as Node | undefined)?.range?.[0] ?? child?.range?.[0] ?? offset;
    node = child ?? null;
  }
  return offset;
}
