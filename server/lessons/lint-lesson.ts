// Looks at one lesson: what it says of itself, whether each step can be passed and failed, its hints and its wrong attempts.

import { existsSync } from 'node:fs';
import { placeholdersIn } from './fences.ts';
import { readLessonFile } from './files.ts';
import type { LintedLesson, Problem } from './linted.ts';
import { attemptsFile, type Lesson, loadAttempts } from './load.ts';
import type { LessonStep } from './parse.ts';
import type { Attempt } from './schema.ts';
import { entryLines } from './yaml.ts';

/** Steps that learners get wrong in the most ways. */
const TAG_PUSH_PULL = /(?:^|[;&|(]\s*)docker (?:image )?(?:tag|push|pull)\b/;

/** Throws LessonError where its attempts cannot be read. */
export function lintLesson({ lesson, file }: LintedLesson): Problem[] {
  const problems: Problem[] = [];
  const tell = (line: number, message: string) => problems.push({ file, line, message });
  if (lesson.goals.length === 0) tell(1, 'the lesson names no `goals`');
  if (lesson.sources.length === 0) tell(1, 'the lesson names no `sources`');
  const attempts = loadAttempts(lesson);
  for (const [index, step] of lesson.steps.entries()) {
    const unreachable = unreachableBecause(step, lesson.steps[index - 1]);
    if (unreachable) tell(step.line, `step \`${step.id}\` ${unreachable}`);
    if (step.checks.length === 0) continue;
    if (step.hints.length === 0) tell(step.line, `step \`${step.id}\` has no \`hint\` fence`);
    for (const hint of step.hints) {
      if (hint.when.length > 0 && step.quizzes.length === 0 && isWithin(step.checks, hint.when))
        tell(step.line, `step \`${step.id}\` has a hint whose \`when\` is true only when the step has passed`);
    }
    const wanted = step.solution.some((command) => TAG_PUSH_PULL.test(command)) ? 3 : 1;
    const listed = attempts.filter((attempt) => attempt.step === step.id).length;
    if (listed < wanted)
      tell(step.line, `step \`${step.id}\` lists ${listed} wrong attempts; it needs ${wanted} or more`);
  }
  return [...problems, ...attemptProblems(attempts, lesson)];
}

/** Null where the step can be failed and passed, as far as a reader can tell. */
function unreachableBecause(step: LessonStep, before: LessonStep | undefined): string | null {
  if (step.checks.length === 0) return null;
  if (step.solution.length === 0) return 'has no solution';
  const ofState = step.checks.every(({ readsPrompt }) => !readsPrompt);
  // Whoever passed the step before has passed this one in the same moment.
  if (before && ofState && isWithin(step.checks, before.checks)) return 'asks for nothing that the step before did not';
  return null;
}

function isWithin(checks: LessonStep['checks'], others: LessonStep['checks']): boolean {
  return checks.every(({ key }) => others.some((other) => other.key === key));
}

function attemptProblems(attempts: readonly Attempt[], lesson: Lesson): Problem[] {
  const problems: Problem[] = [];
  const file = attemptsFile(lesson);
  const lines = existsSync(file) ? entryLines(readLessonFile(file, lesson.dir)) : [];
  for (const [index, { step, run, says }] of attempts.entries()) {
    const tell = (message: string) => problems.push({ file, line: lines[index] ?? 1, message });
    const typed = run.join('\n');
    if (!/\p{L}{2}/u.test(says.replaceAll('<any>', ''))) tell('a wrong attempt without words');
    if (attempts.findIndex((other) => other.step === step && other.run.join('\n') === typed) < index)
      tell('this wrong attempt is listed already');
    const solution = lesson.steps.find(({ id }) => id === step)?.solution.join('\n');
    // A placeholder that is typed as it stands is a mistake.
    if (solution === typed && placeholdersIn(typed).length === 0)
      tell('this wrong attempt is the solution of the step');
  }
  return problems;
}
