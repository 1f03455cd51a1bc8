// One lesson.md to a typed lesson: front matter, introduction, and its steps.

import { marked, type Token, type Tokens } from 'marked';
import { plainTitle } from './anchor.ts';
import { isOfStep, readFence } from './fences.ts';
import { renderTokens } from './render.ts';
import { frontMatterSchema, type LessonSetup } from './schema.ts';
import { addToDraft, draftOf, finishStep, type LessonStep, type StepDraft } from './step.ts';
import { LessonError, parseYaml } from './yaml.ts';

export type { LessonStep } from './step.ts';

export interface ParsedLesson {
  title: string;
  summary: string;
  minutes: number;
  /** Slugs of lessons that it builds on. */
  needs: string[];
  goals: string[];
  sources: { title: string; url: string }[];
  /** A page to read: all of it is the introduction. */
  page: boolean;
  setup: LessonSetup;
  introHtml: string;
  steps: LessonStep[];
}

/**
 * Throws LessonError with file and line. `file` is only for its messages. A translation has the ids of the English lesson's
 * steps, in their order, and shuffles as that does.
 */
export function parseLesson(text: string, file: string, english?: ParsedLesson): ParsedLesson {
  const { front, body, bodyLine } = splitFrontMatter(text.replaceAll('\r\n', '\n'), file);
  const meta = parseYaml(front, frontMatterSchema, file, 2);
  const intro: Token[] = [];
  const drafts: StepDraft[] = [];
  let line = bodyLine;
  for (const token of marked.lexer(body)) {
    const at = line;
    line += token.raw.split('\n').length - 1;
    const depth = token.type === 'heading' ? (token as Tokens.Heading).depth : 0;
    if (depth === 1) throw new LessonError(file, at, 'the title stands in the front matter; a step starts with `## `');
    refuseNestedFences(token, file, at);
    const draft = drafts.at(-1);
    if (depth === 2 && !meta.page)
      drafts.push(draftOf(plainTitle(token as Tokens.Heading), at, english?.steps[drafts.length]?.id));
    else if (draft) addToDraft(draft, token, file, at);
    else intro.push(outsideSteps(token, meta.page, file, at));
  }
  if (!meta.page && drafts.length === 0)
    throw new LessonError(file, bodyLine, 'a lesson needs at least one step (`## Heading`), or `page: true`');
  const steps = drafts.map((draft) => finishStep(draft, drafts, english?.title ?? meta.title, file));
  return { ...meta, introHtml: renderTokens(intro), steps };
}

function splitFrontMatter(text: string, file: string): { front: string; body: string; bodyLine: number } {
  if (!text.startsWith('---\n'))
    throw new LessonError(file, 1, 'a lesson starts with front matter between two lines of `---`');
  const match = /^---\n([\s\S]*?\n)---[ \t]*(?:\n|$)/.exec(text);
  if (!match) throw new LessonError(file, 1, 'the front matter has no end: a line of `---` must close it');
  return { front: match[1] ?? '', body: text.slice(match[0].length), bodyLine: match[0].split('\n').length };
}

/** What stands before the first step, or anywhere in a page. */
function outsideSteps(token: Token, page: boolean, file: string, line: number): Token {
  if (token.type !== 'code') return token;
  const { language } = readFence((token as Tokens.Code).lang ?? '', file, line);
  // A page has no computer: its commands are for the reader's own.
  if (page && language === 'sh') return { ...token, lang: 'text' } as Token;
  if (!isOfStep(language)) return token;
  const where = page ? 'and a page has none' : 'put it after a `## ` heading';
  throw new LessonError(file, line, `a \`${language}\` fence belongs to a step: ${where}`);
}

/** Inside a list or a quote a fence would only be shown. */
function refuseNestedFences(token: Token, file: string, line: number): void {
  if (token.type === 'code') {
    if (/^ {0,3}(`{3,}|~{3,})/.test(token.raw) && !/\n {0,3}(`{3,}|~{3,})\s*$/.test(token.raw))
      throw new LessonError(file, line, 'the fence that begins here has no end');
    return;
  }
  marked.walkTokens([token], (inner) => {
    const language = inner.type === 'code' ? (/^\S*/.exec((inner as Tokens.Code).lang ?? '')?.[0] ?? '') : '';
    if (!isOfStep(language)) return;
    const at = line + token.raw.slice(0, token.raw.indexOf(`\`\`\`${language}`)).split('\n').length - 1;
    throw new LessonError(file, at, `a \`${language}\` fence must stand by itself, not inside a ${token.type}`);
  });
}
