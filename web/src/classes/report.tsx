// The report of a class: a row for each learner, and the same as files.

import { routes } from '../../../protocol/http.ts';
import type { ClassReport } from '../../../protocol/records.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { getReport } from '../record/record-api.ts';
import { RecordTable, sumsOf } from '../record/record-table.tsx';
import { roomTexts } from '../room-texts.ts';
import { useTold } from './told.ts';

export function Report({ id }: { id: number }) {
  const { told: report, problem, take } = useTold<ClassReport>();
  const words = roomTexts.report;
  const load = () => take(getReport(id));
  const rows = report.value?.learners.map(({ id: key, name, lessons }) => ({
    key,
    name,
    isName: true,
    ...sumsOf(lessons),
  }));
  return (
    <section aria-labelledby="report">
      <h2 id="report">{words.heading}</h2>
      <p class="class-actions">
        <button type="button" class="button" onClick={() => void load()}>
          {words.show}
        </button>
        <a href={routes.reportCsv(id)} download>
          {words.csv}
        </a>
        <a href={routes.reportLines(id)} download>
          {words.lines}
        </a>
      </p>
      {problem.value && <ProblemNotice problem={problem.value} />}
      {rows && <RecordTable first={roomTexts.class.columns.name} rows={rows} />}
    </section>
  );
}
