// A learner's own record, and the certificate that can be verified.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Certificate, OwnRecord } from '../../../protocol/records.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { Loading } from '../parts/loading.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { here, loadHere } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { getRecord, makeCertificate } from './record-api.ts';
import { RecordTable } from './record-table.tsx';
import { Yours } from './yours.tsx';
import '../styles/class-page.css';

type State = { state: 'loading' } | { state: 'loaded'; record: OwnRecord } | { state: 'failed'; problem: ApiProblem };

export function RecordPage() {
  const words = roomTexts.record;
  useTitle(words.heading);
  const shown = useSignal<State>({ state: 'loading' });
  const load = async () => {
    await getRecord().then(
      (record) => {
        shown.value = { state: 'loaded', record };
      },
      (error) => {
        shown.value = { state: 'failed', problem: asProblem(error) };
      },
    );
  };
  useEffect(() => {
    loadHere();
    void load();
  }, []);
  const { value } = shown;
  return (
    <>
      <TopBar />
      <main class="classes-page" id="content" tabIndex={-1}>
        <h1>{words.heading}</h1>
        <p>{words.intro}</p>
        {value.state === 'loading' && <Loading shape="page" />}
        {value.state === 'failed' && <ProblemNotice problem={value.problem} onRetry={load} />}
        {value.state === 'loaded' && (
          <>
            <Lessons record={value.record} />
            {here.value?.me?.role === 'learner' && <Certificates all={value.record.certificates} onMade={load} />}
            <Yours />
          </>
        )}
      </main>
    </>
  );
}

function Lessons({ record }: { record: OwnRecord }) {
  const begun = record.lessons.filter(({ begunMs, passed, skipped }) => begunMs !== null || passed + skipped > 0);
  if (begun.length === 0) return <NothingHere text={roomTexts.record.none} />;
  const rows = begun.map((lesson) => ({ ...lesson, key: lesson.lesson, name: lesson.title, isName: false }));
  return <RecordTable first={roomTexts.record.columns.lesson} rows={rows} />;
}

function Certificates({ all, onMade }: { all: readonly Certificate[]; onMade: () => Promise<void> }) {
  const problem = useSignal<ApiProblem | null>(null);
  const words = roomTexts.record;
  const make = async () => {
    problem.value = null;
    await makeCertificate().then(onMade, (error) => {
      problem.value = asProblem(error);
    });
  };
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates">{words.certificate}</h2>
      <p>{words.certificateText}</p>
      <ul>
        {all.map(({ id }) => (
          <li key={id}>
            <a href={`/certificates/${id}`}>{words.made({ id })}</a>
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={() => void make()}>
        {words.make}
      </button>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </section>
  );
}
