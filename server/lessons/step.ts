// One step of a lesson, from the tokens under its heading.

import type { Token, Tokens } from 'marked';
import { type CheckItem, checkItemSchema } from '../checks/items.ts';
import { anchorOf } from './anchor.ts';
import { commandsIn, type Fill, placeholdersIn, readFence } from './fences.ts';
import { type StepQuiz, stepQuiz } from './quiz.ts';
import { type LessonQuiz, quizSchema } from './quiz-schema.ts';
import { renderText, renderTokens } from './render.ts';
import { hintsSchema, type LessonHint } from './schema.ts';
import { LessonError, parseYaml } from './yaml.ts';

export interface LessonStep {
  id: string;
  title: string;
  /** Of its heading in the file. */
  line: number;
  html: string;
  hints: { html: string; when: CheckItem[] }[];
  quizzes: StepQuiz[];
  /** What the placeholders in its commands stand for, by name. */
  fills: Record<string, Fill>;
  /** Commands, in order, that take the world from before the step to after it; none where it only has quizzes. */
  solution: string[];
  /** All must pass; the first that doesn't gives the verdict's words. */
  checks: CheckItem[];
}

export interface StepDraft {
  id: string;
  title: string;
  line: number;
  prose: Token[];
  shown: string[];
  solution: string[] | null;
  fills: Record<string, Fill>;
  checks: CheckItem[];
  hints: LessonHint[];
  quizzes: LessonQuiz[];
}

export function draftOf(title: string, line: number, id = anchorOf(title)): StepDraft {
  const empty = { prose: [], shown: [], solution: null, fills: {}, checks: [], hints: [], quizzes: [] };
  return { id, title, line, ...empty };
}

/** Throws LessonError. */
export function addToDraft(draft: StepDraft, token: Token, file: string, line: number): void {
  if (token.type !== 'code') {
    draft.prose.push(token);
    return;
  }
  const { text: code, lang = '' } = token as Tokens.Code;
  const { language, fills } = readFence(lang, file, line);
  switch (language) {
    case 'check':
      draft.checks.push(...parseYaml(code, checkItemSchema.array().min(1), file, line + 1));
      return;
    case 'hint':
      draft.hints.push(...parseYaml(code, hintsSchema, file, line + 1));
      return;
    case 'quiz':
      draft.quizzes.push(parseYaml(code, quizSchema, file, line + 1));
      return;
    case 'solution':
      addFills(draft, fills, code, file, line);
      draft.solution = [...(draft.solution ?? []), ...commandsIn(code)];
      return;
    case 'sh':
      addFills(draft, fills, code, file, line);
      draft.shown.push(...commandsIn(code));
      if (draft.shown.some((command) => command.startsWith('< ')))
        throw new LessonError(file, line, 'a line `< answer` is for a `solution` fence: it would be run as a command');
  }
  draft.prose.push(token);
}

function addFills(draft: StepDraft, fills: Record<string, Fill>, code: string, file: string, line: number): void {
  const names = placeholdersIn(code);
  for (const [name, fill] of Object.entries(fills)) {
    if (!names.includes(name)) throw new LessonError(file, line, `no command here has the placeholder \`<${name}>\``);
    const known = draft.fills[name];
    if (known && (known.kind !== fill.kind || known.arg !== fill.arg))
      throw new LessonError(file, line, `\`<${name}>\` stands for something else earlier in this step`);
    draft.fills[name] = fill;
  }
  const open = names.find((name) => !draft.fills[name]);
  if (open !== undefined)
    throw new LessonError(file, line, `\`<${open}>\` needs a value: \`sh ${open}="text …"\` (or image-id, digest)`);
}

/** Throws LessonError where something is missing. `lesson` makes the shuffling of its quizzes its own. */
export function finishStep(draft: StepDraft, all: StepDraft[], lesson: string, file: string): LessonStep {
  const { id, title, line, prose, hints, checks, quizzes, fills } = draft;
  if (id === '') throw new LessonError(file, line, 'the heading has no letters to make an id of');
  const first = all.find((other) => other.id === id) as StepDraft;
  if (first !== draft)
    throw new LessonError(file, line, `step id \`${id}\` is used twice, first in line ${first.line}`);
  if (checks.length === 0 && quizzes.length === 0)
    throw new LessonError(file, line, `step \`${id}\` has no \`check\` fence and no \`quiz\` fence`);
  // Commands beside nothing but quizzes are to be looked at.
  const solution = draft.solution ?? (checks.length > 0 ? draft.shown : []);
  if (checks.length > 0 && solution.length === 0)
    throw new LessonError(file, line, `step \`${id}\` has neither a \`sh\` nor a \`solution\` fence`);
  return {
    id,
    title,
    line,
    html: renderTokens(prose),
    hints: hints.map(({ text, when }) => ({ html: renderText(text), when })),
    quizzes: quizzes.map((quiz, index) => stepQuiz(quiz, `${lesson}/${id}/${index}`)),
    fills,
    solution,
    checks,
  };
}
