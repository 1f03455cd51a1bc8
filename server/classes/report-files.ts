// The report of a class as files: CSV for a table, JSON Lines for a program. docs/operating.md has the columns.

import type { ClassReport, LessonRecord } from '../../protocol/records.ts';

type Cell = string | number | null;
type Row = Record<string, Cell>;

const COLUMNS = [
  'class',
  'learner',
  'name',
  'lesson',
  'title',
  'steps',
  'passed',
  'skipped',
  'begun',
  'finished',
  'worked_seconds',
  'failed_tries',
  'hints',
  'solutions_shown',
  'quiz_answers',
  'quiz_right',
] as const;

export function reportCsv(report: ClassReport): string {
  const lines = rowsOf(report).map(({ row }) => COLUMNS.map((column) => cell(row[column] ?? null)));
  return [COLUMNS, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

export function reportLines(report: ClassReport): string {
  return rowsOf(report)
    .map(({ row, lesson }) => `${JSON.stringify({ ...row, each_step: lesson.eachStep })}\n`)
    .join('');
}

function rowsOf({ class: name, learners }: ClassReport): { row: Row; lesson: LessonRecord }[] {
  return learners.flatMap((learner) =>
    learner.lessons.map((lesson) => ({
      lesson,
      row: {
        class: name,
        learner: learner.id,
        name: learner.name,
        lesson: lesson.lesson,
        title: lesson.title,
        steps: lesson.steps,
        passed: lesson.passed,
        skipped: lesson.skipped,
        begun: timeOf(lesson.begunMs),
        finished: timeOf(lesson.finishedMs),
        worked_seconds: Math.round(lesson.workedMs / 1000),
        failed_tries: lesson.failedTries,
        hints: lesson.hints,
        solutions_shown: lesson.shown,
        quiz_answers: lesson.quizTries,
        quiz_right: lesson.quizRight,
      },
    })),
  );
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** Quoted as RFC 4180 says; what a table would run as a formula gets an apostrophe before it: https://owasp.org/www-community/attacks/CSV_Injection */
function cell(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
