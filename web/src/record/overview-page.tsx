// How far a class is, for whoever has the link: numbers, and nobody's name.

import { useMemo } from 'preact/hooks';
import type { ClassOverview } from '../../../protocol/records.ts';
import { Icon } from '../parts/icons.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { roomTexts } from '../room-texts.ts';
import { FoundPage } from './found-page.tsx';
import { getOverview } from './record-api.ts';
import { TableFrame } from './record-table.tsx';
import '../styles/class-page.css';

export function OverviewPage() {
  // It stays in the address: the page can be loaded again, and kept as a bookmark.
  const token = useMemo(() => decodeURIComponent(location.hash.slice(1)), []);
  return (
    <FoundPage class="classes-page" heading={roomTexts.overview.heading} ask={() => getOverview(token)}>
      {(overview) => <Sheet overview={overview} />}
    </FoundPage>
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
        <TableFrame columns={[words.lesson, words.begun, words.finished, words.time]}>
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
        </TableFrame>
      )}
      <p class="field-hint">{words.privacy}</p>
    </>
  );
}
