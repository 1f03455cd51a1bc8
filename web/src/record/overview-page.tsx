// How far a class is, for whoever has the link: numbers, and nobody's name.

import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ClassOverview } from '../../../protocol/records.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { Icon } from '../parts/icons.tsx';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { useTitle } from '../parts/title.ts';
import { roomTexts } from '../room-texts.ts';
import { getOverview } from './record-api.ts';
import '../styles/class-page.css';

export function OverviewPage() {
  const words = roomTexts.overview;
  useTitle(words.heading);
  // It stays in the address: the page can be loaded again, and kept as a bookmark.
  const token = useMemo(() => decodeURIComponent(location.hash.slice(1)), []);
  const found = useSignal<ClassOverview | ApiProblem | null>(null);
  const load = async () => {
    found.value = await getOverview(token).catch(asProblem);
  };
  useEffect(() => void load(), []);
  const { value } = found;
  return (
    <main class="classes-page" id="content" tabIndex={-1}>
      {value === null && <Loading shape="page" />}
      {value !== null && !('lessons' in value) && (
        <>
          <h1>{words.heading}</h1>
          <ProblemNotice problem={value} onRetry={value.status === 404 ? undefined : load} />
        </>
      )}
      {value !== null && 'lessons' in value && <Sheet overview={value} />}
    </main>
  );
}

function Sheet({ overview: { class: name, madeMs, learners, lessons } }: { overview: ClassOverview }) {
  const words = roomTexts.overview;
  const number = (n: number | null) => n ?? words.few;
  const at = new Date(madeMs);
  return (
    <>
      <h1>{words.title({ name })}</h1>
      <p class="class-actions">
        <span>{words.made({ at, clock: at })}</span>
        <button type="button" class="button no-print" onClick={() => print()}>
          <Icon name="print" />
          {roomTexts.verify.print}
        </button>
      </p>
      <dl class="rehearsal-figures">
        {(['listed', 'came', 'recent', 'done'] as const).map((key) => (
          <div key={key}>
            <dt>{words.learners[key]}</dt>
            <dd>{number(learners[key])}</dd>
          </div>
        ))}
      </dl>
      {lessons.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <div class="table-frame">
          <table class="learner-table record-table">
            <thead>
              <tr>
                {[words.lesson, words.begun, words.finished, words.time].map((text) => (
                  <th key={text} scope="col">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lessons.map(({ lesson, title, begun, finished, workedMs }) => (
                <tr key={lesson}>
                  <th scope="row" lang={SERVER_LANGUAGE}>
                    {title}
                  </th>
                  <td data-label={words.begun}>{number(begun)}</td>
                  <td data-label={words.finished}>{number(finished)}</td>
                  <td data-label={words.time}>
                    {workedMs === null ? '–' : words.minutes({ n: Math.round(workedMs / 60_000) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="field-hint">{words.privacy}</p>
    </>
  );
}
