// What a schema complains of, in words for whoever writes lessons: what is wrong, what was expected, and the nearest right word.

import type { z } from 'zod';
import { keysAt } from './keys.ts';
import { nearest } from './nearest.ts';

export interface Complaint {
  path: PropertyKey[];
  message: string;
}

type Issue = z.core.$ZodIssue;

/** Our own patterns only name what they take, `a container name`; other messages are sentences. */
const NAMES_A_KIND = /^an? /;

/** The complaint that is nearest to the cause. `data` is what the schema was given. */
export function complaintOf(schema: z.core.$ZodType, error: z.core.$ZodError, data: unknown): Complaint {
  const issues = error.issues.map(deepest);
  // A misspelt key is the cause of the one that is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? (issues[0] as Issue);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { path: [...issue.path, key], message: unknown(`unknown key \`${key}\``, key, keysAt(schema, issue.path)) };
  }
  return { path: issue.path, message: messageOf(issue, valueAt(data, issue.path)) };
}

/** Of a union's complaints the one that got furthest. */
function deepest(issue: Issue): Issue {
  // A key that is not what keys are here: what is wrong with it.
  if (issue.code === 'invalid_key' && issue.issues[0]) return { ...issue.issues[0], path: issue.path } as Issue;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const inner = issue.errors
    .flat()
    .map((other) => deepest({ ...other, path: [...issue.path, ...other.path] } as Issue));
  const rank = (other: Issue) => 2 * other.path.length + (other.code === 'unrecognized_keys' ? 3 : 0);
  return inner.sort((a, b) => rank(b) - rank(a))[0] ?? issue;
}

function messageOf(issue: Issue, value: unknown): string {
  const name = issue.path.at(-1);
  const place = issue.path.length === 0 ? '' : `\`${issue.path.join('.')}\`: `;
  switch (issue.code) {
    case 'invalid_union':
      return oneOf(place, name, value, ('options' in issue ? (issue.options ?? []) : []).map(String));
    case 'invalid_value':
      return oneOf(place, name, value, issue.values.map(String));
    case 'invalid_type': {
      const expected = yamlWord(issue.expected);
      if (value === undefined)
        return issue.path.length === 0
          ? `expected ${expected}, and there is nothing`
          : `\`${issue.path.join('.')}\` is missing; expected ${expected}`;
      const quotes =
        issue.expected === 'string' && ['number', 'boolean'].includes(typeof value) ? '; put it in quotes' : '';
      return `${place}expected ${expected}, got ${yamlWord(kindOf(value))}${quotes}`;
    }
    case 'custom': {
      const { word, known } = issue.params ?? {};
      if (typeof word === 'string' && Array.isArray(known)) return unknown(issue.message, word, known);
      if (!NAMES_A_KIND.test(issue.message)) return issue.message;
    }
  }
  return place + (NAMES_A_KIND.test(issue.message) ? `expected ${issue.message}` : issue.message);
}

function oneOf(place: string, name: PropertyKey | undefined, value: unknown, values: readonly string[]): string {
  if (value === undefined) return `\`${String(name)}\` is missing; expected one of ${values.join(', ')}`;
  if (typeof value !== 'string') return `${place}expected one of ${values.join(', ')}`;
  return unknown(`unknown ${String(name)} \`${value}\``, value, values);
}

function unknown(what: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near) return `${what}; did you mean \`${near}\`?`;
  return known.length === 0 ? what : `${what}; expected one of ${known.join(', ')}`;
}

function kindOf(value: unknown): string {
  return value === null ? 'nothing' : Array.isArray(value) ? 'array' : typeof value;
}

/** Zod's names of types, as YAML calls them. */
function yamlWord(type: string): string {
  const words: Record<string, string> = {
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
  };
  return words[type] ?? type;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data);
}
