// The list of lessons: a welcome, and for each lesson how far it is and whether to go on there.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ApiProblem, asProblem, getLessons, getSession } from '../api.ts';
import { Message } from '../message.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { type ListEntry, listEntries } from '../progress.ts';
import { texts } from '../texts.ts';
import { LessonRow } from './lesson-row.tsx';
import { Slope } from './slope.tsx';

type State =
  | { state: 'loading' }
  | { state: 'loaded'; entries: ListEntry[] }
  | { state: 'failed'; problem: ApiProblem };

export function ListPage() {
  useTitle(texts.name);
  const list = useSignal<State>({ state: 'loading' });
  const load = async () => {
    try {
      const [lessons, session] = await Promise.all([getLessons(), getSession()]);
      list.value = { state: 'loaded', entries: listEntries(lessons, session) };
    } catch (error) {
      list.value = { state: 'failed', problem: asProblem(error) };
    }
  };
  useEffect(() => void load(), []);

  return (
    <>
      <a class="skip-link" href="#lessons">
        {texts.skipToLessons}
      </a>
      <TopBar />
      <main class="list-page">
        <section class="welcome">
          <h1>{texts.list.heading}</h1>
          <p>{texts.list.welcome.join(' ')}</p>
          <p class="welcome-hub">
            <strong>{texts.practiceHub.badge}.</strong> {texts.practiceHub.text}
          </p>
          <Slope />
        </section>
        <section id="lessons" class="lessons" aria-labelledby="lessons-heading" tabIndex={-1}>
          <h2 id="lessons-heading">{texts.list.lessons}</h2>
          <Lessons list={list.value} onRetry={load} />
        </section>
      </main>
    </>
  );
}

function Lessons({ list, onRetry }: { list: State; onRetry: () => void }) {
  if (list.state === 'failed') return <ProblemNotice problem={list.problem} onRetry={onRetry} />;
  if (list.state === 'loading') return <div class="list-placeholder" role="status" aria-label={texts.loading} />;
  if (list.entries.length === 0) {
    return (
      <p>
        {texts.list.empty} <Message text={texts.list.emptyNext} />
      </p>
    );
  }
  return (
    <ol class="lesson-list">
      {list.entries.map((entry, index) => (
        <LessonRow key={entry.lesson.slug} entry={entry} number={index + 1} />
      ))}
    </ol>
  );
}
