// What is kept of a learner, for whom, and for how long: for everybody to read before they join.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Privacy } from '../../../protocol/records.ts';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { roomTexts } from '../room-texts.ts';
import { getPrivacy } from './record-api.ts';

export function PrivacyPage() {
  const words = roomTexts.privacy;
  useTitle(words.heading);
  const told = useSignal<Privacy | null>(null);
  useEffect(() => {
    getPrivacy().then(
      (privacy) => {
        told.value = privacy;
      },
      () => {},
    );
  }, []);
  return (
    <>
      <TopBar />
      <main class="entry-page" id="content" tabIndex={-1}>
        <h1>{words.heading}</h1>
        <p>
          {words.intro}
          {told.value?.completionsTo == null ? null : ` ${words.elsewhere({ origin: told.value.completionsTo })}`}
        </p>
        <ul>
          {words.kept.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <p>{words.who}</p>
        {told.value && <p>{words.days({ n: told.value.retentionDays })}</p>}
        <p>{words.yours}</p>
      </main>
    </>
  );
}
