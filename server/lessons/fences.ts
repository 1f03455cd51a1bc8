// The fenced parts of a lesson: which there are, the placeholders of their info string, the commands in them.

import { parseReference } from '../reference.ts';
import { nearest } from './nearest.ts';
import { LessonError } from './yaml.ts';

/** Shown as they are. */
const PLAIN = ['', 'text', 'json'];
/** Belong to a step. */
const OF_STEP = ['sh', 'solution', 'check', 'hint', 'quiz'];
const FILLABLE = ['sh', 'solution'];
const FILL_KINDS = ['image-id', 'digest', 'text'] as const;
const ATTRIBUTE = /\s*([a-z][a-z0-9_]*)="([^"]*)"/y;
const PLACEHOLDER = /<([a-z][a-z0-9_]*)>/g;

/**
 * What a placeholder stands for in this learner's world: the short ID of the image `arg`, the manifest digest that the
 * registry serves for `arg`, or `arg` itself.
 */
export interface Fill {
  kind: (typeof FILL_KINDS)[number];
  arg: string;
}

export interface Fence {
  language: string;
  fills: Record<string, Fill>;
}

/** Whether it is one of those that only a step can have. */
export function isOfStep(language: string): boolean {
  return OF_STEP.includes(language);
}

/** Reads the info string of a fence. Throws LessonError. */
export function readFence(info: string, file: string, line: number): Fence {
  const language = /^\S*/.exec(info)?.[0] ?? '';
  if (!PLAIN.includes(language) && !OF_STEP.includes(language)) {
    const near = nearest(language, OF_STEP.concat(PLAIN));
    const expected = near
      ? `did you mean \`${near}\`?`
      : 'expected sh, solution, check, hint, quiz, text, json or none';
    throw new LessonError(file, line, `unknown fence \`${language}\`; ${expected}`);
  }
  const rest = info.slice(language.length).trim();
  if (rest !== '' && !FILLABLE.includes(language))
    throw new LessonError(file, line, `nothing may stand after \`${language}\` here, and \`${rest}\` does`);
  return { language, fills: readFills(rest, file, line) };
}

function readFills(text: string, file: string, line: number): Record<string, Fill> {
  const fills: Record<string, Fill> = {};
  let at = 0;
  while (at < text.length) {
    ATTRIBUTE.lastIndex = at;
    const [all = '', name = '', value = ''] = ATTRIBUTE.exec(text) ?? [];
    if (all === '')
      throw new LessonError(
        file,
        line,
        `expected placeholders like \`image_id="image-id nginx:latest"\`, got \`${text.slice(at)}\``,
      );
    if (fills[name]) throw new LessonError(file, line, `placeholder \`${name}\` is given twice`);
    fills[name] = readFill(name, value, file, line);
    at += all.length;
  }
  return fills;
}

function readFill(name: string, value: string, file: string, line: number): Fill {
  const [word = '', ...rest] = value.trim().split(/\s+/);
  const kind = FILL_KINDS.find((other) => other === word);
  const arg = rest.join(' ');
  if (!kind) {
    const near = nearest(word, FILL_KINDS);
    const expected = near ? `did you mean \`${near}\`?` : `expected ${FILL_KINDS.join(', ')}`;
    throw new LessonError(file, line, `placeholder \`${name}\`: unknown kind \`${word}\`; ${expected}`);
  }
  const { reference } = parseReference(arg);
  const wanted =
    kind === 'text'
      ? arg !== '' || 'the text'
      : kind === 'image-id'
        ? reference !== undefined || 'an image reference, `image-id nginx:latest`'
        : (reference !== undefined && !reference.isOnDockerHub && reference.tag !== null) ||
          'a tag in a registry, `digest localhost:5000/mynginx:1.0`';
  if (wanted === true) return { kind, arg };
  throw new LessonError(file, line, `placeholder \`${name}\`: expected ${wanted}`);
}

/** Names of the placeholders in commands, `<image_id>`, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** The commands of a fence, one a line; a line may go on after a backslash. */
export function commandsIn(code: string): string[] {
  return code
    .split(/(?<!\\)\n/)
    .map((command) => command.trim())
    .filter((command) => command !== '');
}
