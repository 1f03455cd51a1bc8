// Where anybody who has its address verifies a certificate: name, lessons and day, and nothing else of the learner.

import { Icon, Mark } from '../parts/icons.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { roomTexts } from '../room-texts.ts';
import { texts } from '../texts.ts';
import { FoundPage } from './found-page.tsx';
import { getCertificate } from './record-api.ts';

export function VerifyPage() {
  const words = roomTexts.verify;
  const ask = () => getCertificate(decodeURIComponent(location.pathname.replace('/certificates/', '')));
  return (
    <FoundPage class="certificate-page" heading={words.heading} ask={ask}>
      {(certificate) => (
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
              {certificate.name}
            </p>
            <p class="certificate-words">{words.certifies}</p>
            <ol class="certificate-lessons">
              {certificate.lessons.map((title) => (
                <li key={title} lang={SERVER_LANGUAGE}>
                  {title}
                </li>
              ))}
            </ol>
            <p class="certificate-checked">{words.genuine({ id: certificate.id, at: new Date(certificate.madeMs) })}</p>
          </article>
        </>
      )}
    </FoundPage>
  );
}
