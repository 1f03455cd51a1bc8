// Where anybody who has its address verifies a certificate: name, lessons and day, and nothing else of the learner.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Certificate } from '../../../protocol/records.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { Icon, Mark } from '../parts/icons.tsx';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { useTitle } from '../parts/title.ts';
import { roomTexts } from '../room-texts.ts';
import { texts } from '../texts.ts';
import { getCertificate } from './record-api.ts';

export function VerifyPage() {
  const words = roomTexts.verify;
  useTitle(words.heading);
  const found = useSignal<Certificate | ApiProblem | null>(null);
  const load = async () => {
    const id = decodeURIComponent(location.pathname.replace('/certificates/', ''));
    found.value = await getCertificate(id).catch(asProblem);
  };
  useEffect(() => void load(), []);
  const { value } = found;
  return (
    <main class="certificate-page" id="content" tabIndex={-1}>
      {value === null && <Loading shape="page" />}
      {value !== null && !('id' in value) && (
        <>
          <h1>{words.heading}</h1>
          <ProblemNotice problem={value} onRetry={value.status === 404 ? undefined : load} />
        </>
      )}
      {value !== null && 'id' in value && (
        <>
          <button type="button" class="button no-print" onClick={() => print()}>
            <Icon name="print" />
            {words.print}
          </button>
          <article class="certificate">
            <header>
              <Mark />
              <span>{texts.name}</span>
            </header>
            <h1>{words.heading}</h1>
            <p class="certificate-name" translate={false}>
              {value.name}
            </p>
            <p class="certificate-words">{words.certifies}</p>
            <ol class="certificate-lessons">
              {value.lessons.map((title) => (
                <li key={title} lang={SERVER_LANGUAGE}>
                  {title}
                </li>
              ))}
            </ol>
            <p class="certificate-checked">{words.genuine({ id: value.id, at: new Date(value.madeMs) })}</p>
          </article>
        </>
      )}
    </main>
  );
}
