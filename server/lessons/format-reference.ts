// The reference part of docs/lessons.md, written from the schemas that read a lesson.

import type { z } from 'zod';
import { checkReference } from '../checks/reference-list.ts';
import { quizSchema } from './quiz-schema.ts';
import { attemptsSchema, frontMatterSchema, hintsSchema } from './schema.ts';
import { definitionOf } from './zod-definition.ts';

const BEGIN = '<!-- From here to the end mark it is written by `npm run lessons -- docs`, from the schemas. -->';
const END = '<!-- End mark. -->';

interface Row {
  key: string;
  kind: string;
  text: string;
}

/** The document with its reference as the schemas have it now; throws where the marks are missing. */
export function withReference(document: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END, begin);
  if (begin === -1 || end === -1) throw new TypeError(`the document has no marks ${BEGIN} and ${END}`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${reference()}\n${document.slice(end)}`;
}

function reference(): string {
  const quizzes = optionsOf(quizSchema).flatMap((option) => [`\`${literalOf(option)}\`:`, table(rowsOf(option, ''))]);
  return [
    '### Front matter',
    table(rowsOf(frontMatterSchema, '')),
    '### Hints',
    'Each entry of a `hint` fence is a text, or a mapping:',
    table(optionsOf(elementOf(hintsSchema)).flatMap((option) => rowsOf(option, ''))),
    '### Quizzes',
    ...quizzes,
    '### Wrong attempts',
    'Each entry of `attempts.yaml`:',
    table(rowsOf(elementOf(attemptsSchema), '')),
    '### Checks',
    checks(),
  ].join('\n\n');
}

function checks(): string {
  const lines = checkReference().map(({ type, summary, params }) => {
    const listed = params.map(({ name, optional, describe }) => `\`${name}\`${optional ? '?' : ''}: ${cell(describe)}`);
    return `| \`${type}\` | ${cell(summary)} | ${listed.join('<br>')} |`;
  });
  return ['| type | passes when | parameters (`?`: may be left out) |', '|---|---|---|', ...lines].join('\n');
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ key, kind, text }) => `| \`${key}\` | ${kind} | ${cell(text)} |`);
  return ['| key | kind | what it is |', '|---|---|---|', ...lines].join('\n');
}

/** One row for each key, and below it those of the mapping that it holds. Throws for one without a description. */
function rowsOf(schema: z.core.$ZodType, prefix: string): Row[] {
  return Object.entries(definitionOf(bare(schema)).shape ?? {}).flatMap(([name, child]) => {
    const key = prefix + name;
    const inner = bare(child);
    const element = definitionOf(inner).element;
    const rows = element ? rowsOf(bare(element), `${key}[].`) : rowsOf(inner, `${key}.`);
    const text = descriptionOf(child);
    if (text === undefined && rows.length === 0) throw new TypeError(`${key} has no description`);
    return [{ key, kind: kindOf(inner) + (isOptional(child) ? ', may be left out' : ''), text: text ?? '' }, ...rows];
  });
}

function kindOf(schema: z.core.$ZodType): string {
  const { type, element, entries, values } = definitionOf(schema);
  if (entries)
    return `one of ${Object.keys(entries)
      .map((value) => `\`${value}\``)
      .join(', ')}`;
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  if (type === 'array') return definitionOf(bare(element as z.core.$ZodType)).shape ? 'list of mappings' : 'list';
  const words: Record<string, string> = { string: 'text', number: 'number', boolean: '`true` or `false`' };
  return words[type] ?? 'mapping';
}

/** Without what says only that it may be left out, is a copy or is changed afterwards. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const { type, innerType, in: input } = definitionOf(schema);
  if (innerType) return bare(innerType);
  return type === 'pipe' && input ? bare(input) : schema;
}

function descriptionOf(schema: z.core.$ZodType): string | undefined {
  const { innerType } = definitionOf(schema);
  return (schema as z.ZodType).description ?? (innerType && descriptionOf(innerType));
}

function isOptional(schema: z.core.$ZodType): boolean {
  return ['optional', 'default', 'prefault'].includes(definitionOf(schema).type);
}

function optionsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  return definitionOf(schema).options ?? [];
}

function elementOf(schema: z.core.$ZodType): z.core.$ZodType {
  return definitionOf(schema).element ?? schema;
}

function literalOf(schema: z.core.$ZodType): string {
  const type = definitionOf(schema).shape?.type;
  return String(type && definitionOf(type).values?.[0]);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
