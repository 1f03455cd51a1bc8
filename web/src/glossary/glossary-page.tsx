// The glossary: each term of the field with its definition.

import { useEffect } from 'preact/hooks';
import type { Term } from '../../../protocol/lesson.ts';
import { Loading } from '../parts/loading.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { RichText } from '../parts/rich-text.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { texts } from '../texts.ts';
import { type Glossary, glossary, loadGlossary } from './glossary.ts';
import { TermTip } from './term-tip.tsx';

export function GlossaryPage() {
  useTitle(texts.glossary.heading);
  useEffect(() => void loadGlossary(), []);
  return (
    <>
      <a class="skip-link" href="#glossary">
        {texts.skipToGlossary}
      </a>
      <TopBar />
      <main id="glossary" class="glossary-page" tabIndex={-1}>
        <h1>{texts.glossary.heading}</h1>
        <p class="glossary-intro">{texts.glossary.intro}</p>
        <Terms glossary={glossary.value} />
        <TermTip />
      </main>
    </>
  );
}

function Terms({ glossary }: { glossary: Glossary }) {
  if (glossary.state === 'failed') {
    return <ProblemNotice problem={glossary.problem} onRetry={() => void loadGlossary()} />;
  }
  if (glossary.state === 'loading') return <Loading shape="page" />;
  if (glossary.terms.length === 0) return <NothingHere text={texts.glossary.empty} next={texts.glossary.emptyNext} />;
  return <LoadedTerms terms={glossary.terms} />;
}

function LoadedTerms({ terms }: { terms: readonly Term[] }) {
  useEffect(() => {
    // The browser looked for the address's term before the terms were there.
    const asked = terms.find(({ id }) => location.hash === `#${id}`);
    if (asked) document.getElementById(asked.id)?.scrollIntoView();
  }, [terms]);
  return (
    <dl class="terms" lang={SERVER_LANGUAGE}>
      {terms.map(({ id, title, html }) => (
        <div key={id} id={id} class="term-entry">
          <dt>{title}</dt>
          <dd>
            <RichText html={html} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
