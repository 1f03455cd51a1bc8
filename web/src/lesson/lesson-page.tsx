// The lesson page: makes one run of the lesson, and puts lesson and terminal on either side of the divider.

import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { loadGlossary } from '../glossary/glossary.ts';
import { openRun } from '../palette/actions.ts';
import { Split } from '../panes/split.tsx';
import { Workplace } from '../panes/workplace.tsx';
import { ProblemPage } from '../parts/problem-notice.tsx';
import { LessonLanguage } from '../parts/text-language.ts';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { useUntilOpen } from '../parts/until-open.ts';
import { waitingIn } from '../terminal/waiting-card.tsx';
import { texts } from '../texts.ts';
import { useEscapeHatch } from './escape-hatch.ts';
import { useFreeHeight } from './free-height.ts';
import { LessonPane } from './lesson-pane.tsx';
import { LessonRun } from './lesson-run.ts';
import { ReadingPage } from './reading-page.tsx';

/** First comes what everybody needs. */
const GLOSSARY_AFTER_MS = 3_000;

const root = () => document.getElementById('app');

export function LessonPage({ slug }: { slug: string }) {
  const run = useMemo(() => new LessonRun(slug), [slug]);
  useEffect(() => {
    openRun.value = run;
    void run.start();
    // Whoever points at a term before that asks for it then.
    const glossary = setTimeout(() => void loadGlossary(), GLOSSARY_AFTER_MS);
    return () => {
      clearTimeout(glossary);
      openRun.value = null;
      run.dispose();
      root()?.removeAttribute('data-terminal');
    };
  }, [run]);
  useSignalEffect(() => {
    const { state } = run.link.state.value;
    root()?.setAttribute('data-terminal', state === 'connecting' || state === 'ready' ? state : 'lost');
  });
  useEscapeHatch(run);
  useFreeHeight();
  const loading = run.loading.value;
  const waiting = waitingIn(run.setup.value);
  const title = loading.state === 'loaded' ? loading.lesson.title : texts.name;
  const language = loading.state === 'loaded' ? loading.lesson.language : undefined;
  useTitle(waiting ? texts.terminal.waiting.title({ n: waiting.place, page: title }) : title, language);

  const isClosed = loading.state === 'failed' && loading.problem.code === 'not-open-yet';
  useUntilOpen(isClosed ? [slug] : [], () => void run.start());
  if (loading.state === 'failed') return <ProblemPage problem={loading.problem} onRetry={() => void run.start()} />;
  return (
    <LessonLanguage.Provider value={language}>
      {loading.state === 'loaded' && loading.lesson.steps.length === 0 ? (
        <ReadingPage lesson={loading.lesson} />
      ) : (
        <Desk run={run} />
      )}
    </LessonLanguage.Provider>
  );
}

/** Lesson and terminal on either side of the divider. */
function Desk({ run }: { run: LessonRun }) {
  return (
    <div class="lesson-page">
      <a class="skip-link" href="#lesson" data-pane="lesson">
        {texts.skipToLesson}
      </a>
      <a class="skip-link" href="#terminal" data-pane="terminal">
        {texts.skipToTerminal}
      </a>
      {run.panes.mapShown.value && (
        <a class="skip-link" href="#map" data-pane="map">
          {texts.map.skip}
        </a>
      )}
      <TopBar />
      <Split run={run} lesson={<LessonPane run={run} />} workplace={<Workplace run={run} />} />
    </div>
  );
}
