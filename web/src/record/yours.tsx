// What a learner may do with what is kept of them: take it along, and have it erased.

import { useSignal } from '@preact/signals';
import { routes } from '../../../protocol/http.ts';
import { Question } from '../parts/question.tsx';
import { here } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { privacyPath } from '../router.ts';
import { erase } from './record-api.ts';

export function Yours() {
  const asked = useSignal(false);
  const words = roomTexts.yours;
  const role = here.value?.me?.role ?? 'learner';
  return (
    <section aria-labelledby="yours">
      <h2 id="yours">{words.heading}</h2>
      <p>
        <a href={privacyPath}>{roomTexts.privacy.heading}</a>
      </p>
      <p class="class-actions">
        <a href={routes.export} download>
          {words.export}
        </a>
        <button
          type="button"
          class="button"
          onClick={() => {
            asked.value = true;
          }}
        >
          {words.erase}
        </button>
      </p>
      {asked.value && (
        <Question
          heading={words.eraseHeading}
          confirm={words.confirm}
          onClose={() => {
            asked.value = false;
          }}
          onConfirm={async () => {
            await erase();
            location.assign('/');
          }}
        >
          <p>{role === 'learner' ? words.eraseText : words.eraseStaff}</p>
        </Question>
      )}
    </section>
  );
}
