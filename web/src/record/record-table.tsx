// Records as a table: a row for each lesson, or for each learner.

import type { ComponentChildren } from 'preact';
import type { LessonRecord } from '../../../protocol/records.ts';
import { roomTexts } from '../room-texts.ts';

type Sums = Pick<
  LessonRecord,
  'passed' | 'steps' | 'workedMs' | 'failedTries' | 'hints' | 'shown' | 'quizTries' | 'quizRight'
>;
export type RecordRow = Sums & { key: string; name: string; isName: boolean };

export function RecordTable({ first, rows }: { first: string; rows: readonly RecordRow[] }) {
  const { columns, of, minutes } = roomTexts.record;
  return (
    <TableFrame columns={[first, columns.done, columns.time, columns.tries, columns.help, columns.quizzes]}>
      {rows.map((row) => (
        <tr key={row.key}>
          <th scope="row" translate={!row.isName} lang={row.isName ? undefined : 'en'}>
            {row.name}
          </th>
          <td data-label={columns.done}>{of({ n: row.passed, m: row.steps })}</td>
          <td data-label={columns.time}>{minutes({ n: Math.round(row.workedMs / 60_000) })}</td>
          <td data-label={columns.tries}>{row.failedTries}</td>
          <td data-label={columns.help}>{row.hints + row.shown}</td>
          <td data-label={columns.quizzes}>{of({ n: row.quizRight, m: row.quizTries })}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

/** A table that becomes a list where it is narrow: its cells have their columns as `data-label`. */
export function TableFrame({ columns, children }: { columns: readonly string[]; children: ComponentChildren }) {
  return (
    <div class="table-frame">
      <table class="learner-table record-table">
        <thead>
          <tr>
            {columns.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function sumsOf(lessons: readonly LessonRecord[]): Sums {
  const sum = (key: keyof Sums) => lessons.reduce((total, lesson) => total + lesson[key], 0);
  return {
    passed: sum('passed'),
    steps: sum('steps'),
    workedMs: sum('workedMs'),
    failedTries: sum('failedTries'),
    hints: sum('hints'),
    shown: sum('shown'),
    quizTries: sum('quizTries'),
    quizRight: sum('quizRight'),
  };
}
