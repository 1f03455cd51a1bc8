// The report of a class: a row for each learner, and the same as files.

import { useSignal } from '@preact/signals';
import { routes } from '../../../protocol/http.ts';
import type { ClassReport } from '../../../protocol/records.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { getReport } from '../record/record-api.ts';
import { RecordTable, sumsOf } from '../record/record-table.tsx';
import { roomTexts } from '../room-texts.ts';

export function Report({ id }: { id: number }) {
  const report = useSignal<ClassReport | null>(null);
  const problem = useSignal<ApiProblem | null>(null);
  const words = roomTexts.report;
  const load = () =>
    getReport(id).then(
      (loaded) => {
        report.value = loaded;
        problem.value = null;
      },
      (error) => {
        problem.value = asProblem(error);
      },
    );
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
