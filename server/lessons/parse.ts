// One lesson.md to a typed lesson: front matter, steps, and the fences that are not prose.

import { marked, type Token, type Tokens } from 'marked';
import { type CheckItem, checkItemSchema } from '../checks/items.ts';
import { renderTokens } from './render.ts';
import { frontMatterSchema, hintsSchema, type LessonHint, type LessonSetup } from './schema.ts';
import { LessonError, parseYaml } from './yaml.ts';

export interface LessonStep {
  id: string;
  title: string;
  html: string;
  hints: { html: string; when: CheckItem[] }[];
  /** Commands, in order, that take the world from before the step to after it. */
  solution: string[];
  /** All must pass; the first that doesn't gives the verdict's words. */
  checks: CheckItem[];
}

export interface ParsedLesson {
  title: string;
  summary: string;
  minutes: number;
  goals: string[];
  sources: { title: string; url: string }[];
  page: boolean;
  setup: LessonSetup;
  introHtml: string;
  steps: LessonStep[];
}

interface Draft {
  id: string;
  title: string;
  line: number;
  prose: Token[];
  shown: string[];
  solution: string[] | null;
  checks: CheckItem[];
  hints: LessonHint[];
}

/** Throws LessonError with file and line. `file` is only for its messages. */
export function parseLesson(text: string, file: string): ParsedLesson {
  const { front, body, bodyLine } = splitFrontMatter(text, file);
  const meta = parseYaml(front, frontMatterSchema, file, 2);
  const intro: Token[] = [];
  const drafts: Draft[] = [];
  let line = bodyLine;
  for (const token of marked.lexer(body)) {
    const at = line;
    line += token.raw.split('\n').length - 1;
    if (token.type === 'heading' && (token as Tokens.Heading).depth === 2)
      drafts.push(newDraft(token as Tokens.Heading, at));
    else if (token.type === 'heading' && (token as Tokens.Heading).depth === 1)
      throw new LessonError(file, at, 'the title stands in the front matter; a step starts with `## `');
    else addToken(drafts.at(-1), intro, token, file, at);
  }
  if (drafts.length === 0) throw new LessonError(file, bodyLine, 'a lesson needs at least one step (`## Heading`)');
  return { ...meta, introHtml: renderTokens(intro), steps: drafts.map((draft) => finish(draft, drafts, file)) };
}

function splitFrontMatter(text: string, file: string): { front: string; body: string; bodyLine: number } {
  const match = /^---\r?\n([\s\S]*?\r?\n)---\r?\n/.exec(text);
  if (!match) throw new LessonError(file, 1, 'a lesson starts with front matter between two lines of `---`');
  return { front: match[1] ?? '', body: text.slice(match[0].length), bodyLine: match[0].split('\n').length };
}

function newDraft(heading: Tokens.Heading, line: number): Draft {
  const title = heading.text.replace(/[`*_]/g, '');
  return { id: slug(title), title, line, prose: [], shown: [], solution: null, checks: [], hints: [] };
}

function addToken(draft: Draft | undefined, intro: Token[], token: Token, file: string, line: number): void {
  const language = token.type === 'code' ? ((token as Tokens.Code).lang ?? '') : null;
  if (language !== null && !['', 'sh', 'text', 'json', 'check', 'hint', 'solution'].includes(language)) {
    throw new LessonError(
      file,
      line,
      `unknown fence \`${language}\`; expected sh, text, json, check, hint or solution`,
    );
  }
  if (!draft) {
    if (language !== null && ['sh', 'check', 'hint', 'solution'].includes(language)) {
      throw new LessonError(file, line, `a \`${language}\` fence belongs to a step: put it after a \`## \` heading`);
    }
    intro.push(token);
    return;
  }
  const code = (token as Tokens.Code).text;
  const commands = () =>
    code
      .split(/(?<!\\)\n/)
      .map((command) => command.trim())
      .filter((command) => command !== '');
  if (language === 'check') draft.checks.push(...parseYaml(code, checkItemSchema.array().min(1), file, line + 1));
  else if (language === 'hint') draft.hints.push(...parseYaml(code, hintsSchema, file, line + 1));
  else if (language === 'solution') draft.solution = [...(draft.solution ?? []), ...commands()];
  else draft.prose.push(token);
  if (language === 'sh') draft.shown.push(...commands());
}

function finish(draft: Draft, all: Draft[], file: string): LessonStep {
  const { id, title, line, prose, hints, checks } = draft;
  if (id === '') throw new LessonError(file, line, 'the heading has no letters to make an id of');
  const first = all.find((other) => other.id === id) as Draft;
  if (first !== draft)
    throw new LessonError(file, line, `step id \`${id}\` is used twice, first in line ${first.line}`);
  if (checks.length === 0) throw new LessonError(file, line, `step \`${id}\` has no \`check\` fence`);
  const solution = draft.solution ?? draft.shown;
  if (solution.length === 0)
    throw new LessonError(file, line, `step \`${id}\` has neither a \`sh\` nor a \`solution\` fence`);
  return {
    id,
    title,
    html: renderTokens(prose),
    hints: hints.map(({ text, when }) => ({ html: renderTokens(marked.lexer(text)), when })),
    solution,
    checks,
  };
}

/** As GitHub makes the anchor of a heading. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .trim()
    .replace(/[ -]+/g, '-');
}
