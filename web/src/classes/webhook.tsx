// How the completions of a class are told elsewhere, where whoever runs the server has set that.

import { useEffect } from 'preact/hooks';
import type { Webhook as View } from '../../../protocol/webhook.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { roomTexts } from '../room-texts.ts';
import { getWebhook, sendAgain } from './class-api.ts';
import { useTold } from './told.ts';

export function Webhook({ id, mayChange }: { id: number; mayChange: boolean }) {
  const { told, problem, take } = useTold<View>();
  useEffect(() => void take(getWebhook(id)), [id]);
  const view = told.value;
  const words = roomTexts.webhook;
  if (!problem.value && (!view || view.origin === null)) return null;
  return (
    <section aria-labelledby="webhook">
      <h2 id="webhook">{words.heading}</h2>
      {view && view.origin !== null && (
        <>
          <p>{words.text({ origin: view.origin })}</p>
          <p>{words.counts({ delivered: view.delivered, waiting: view.waiting, failed: view.failed })}</p>
          {view.trouble !== null && (
            <p>
              {words.trouble} <span lang={SERVER_LANGUAGE}>{view.trouble}</span>
            </p>
          )}
          {mayChange && view.waiting + view.failed > 0 && (
            <button type="button" class="button" onClick={() => void take(sendAgain(id))}>
              {words.again}
            </button>
          )}
        </>
      )}
      {problem.value && <ProblemNotice problem={problem.value} />}
    </section>
  );
}
