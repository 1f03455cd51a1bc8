// A lesson in another language, `lesson.de.md`: its texts, in the shape of the English one, which decides what a step asks of the world.

import type { LessonStep, ParsedLesson } from './parse.ts';
import { rightsOf, type StepQuiz } from './quiz.ts';

/** The tag in the name of a translation, or null. */
export function languageOf(fileName: string): string | null {
  const tag = /^lesson\.([\w-]+)\.md$/.exec(fileName)?.[1];
  return tag === undefined || !/^[a-z]{2,3}(-[A-Z]{2}|-[A-Z][a-z]{3})?$/.test(tag) || tag === 'en' ? null : tag;
}

/** The English lesson with the texts of a translation that has no `differences`. */
export function withTexts<L extends ParsedLesson>(english: L, translated: ParsedLesson): L {
  const { title, summary, goals, sources, introHtml } = translated;
  const steps = english.steps.map((step, at): LessonStep => {
    const own = translated.steps[at] ?? step;
    const hints = step.hints.map((hint, index) => ({ ...hint, html: own.hints[index]?.html ?? hint.html }));
    return { ...step, title: own.title, html: own.html, hints, quizzes: own.quizzes };
  });
  return { ...english, title, summary, goals, sources, introHtml, steps };
}

/** `line` is of the translation's file. */
type Difference = { line: number; message: string };

/** Where a translation is more than other words: it would ask for other things, or take other answers. */
export function differences(english: ParsedLesson, translated: ParsedLesson): Difference[] {
  const problems: Difference[] = [];
  const unlike = (line: number, what: string) => problems.push({ line, message: `${what} must be as in lesson.md` });
  for (const key of ['minutes', 'needs', 'page', 'setup'] as const) {
    if (!isSame(english[key], translated[key])) unlike(1, `\`${key}\``);
  }
  if (english.steps.length !== translated.steps.length)
    unlike(1, `the number of steps, ${translated.steps.length} here and ${english.steps.length} there,`);
  for (const [at, step] of translated.steps.entries()) {
    const other = english.steps[at];
    if (!other) continue;
    const parts = shapeOf(step);
    for (const [what, shape] of Object.entries(shapeOf(other))) {
      if (!isSame(shape, parts[what])) unlike(step.line, `step ${at + 1}, \`${other.id}\`: ${what}`);
    }
  }
  return problems;
}

/** What is the same in every language, by what it is called. */
function shapeOf({ html, checks, solution, fills, hints, quizzes }: LessonStep): Record<string, unknown> {
  return {
    'the checks': checks.map(({ key }) => key),
    'the commands': [...html.matchAll(/ data-command="([^"]*)"/g)].map(([, command]) => command),
    'the solution': solution,
    'what stands for placeholders': fills,
    'the number of hints, and their `when`,': hints.map(({ when }) => when.map(({ key }) => key)),
    'the kinds of the quizzes, and where the right answers stand,': quizzes.map(quizShape),
  };
}

function quizShape(quiz: StepQuiz): unknown {
  if (quiz.type === 'single' || quiz.type === 'several') return [quiz.type, quiz.choices.map(({ right }) => right)];
  if (quiz.type === 'order') return [quiz.type, quiz.items.length];
  if (quiz.type === 'typed') return [quiz.type, quiz.digest];
  const rights = rightsOf(quiz.pairs);
  return [quiz.type, Object.values(quiz.pairs).map((right) => rights.indexOf(right))];
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
