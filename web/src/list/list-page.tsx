// The list of lessons: a welcome, and for each lesson how far it is and whether to go on there.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type ApiProblem, asProblem, getLessons, getSession } from '../api.ts';
import { type Course, courseDone } from '../certificate/course-done.ts';
import { info } from '../info.ts';
import { Message } from '../message.tsx';
import { Loading } from '../parts/loading.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { useUntilOpen } from '../parts/until-open.ts';
import { type ListEntry, listEntries, listGroups } from '../progress.ts';
import { texts } from '../texts.ts';
import { CourseCard } from './course-card.tsx';
import { LessonRow } from './lesson-row.tsx';
import { Slope } from './slope.tsx';

type State =
  | { state: 'loading' }
  | { state: 'loaded'; entries: ListEntry[]; course: Course }
  | { state: 'failed'; problem: ApiProblem };

export function ListPage() {
  useTitle(texts.name);
  const list = useSignal<State>({ state: 'loading' });
  const load = async () => {
    try {
      const [lessons, session] = await Promise.all([getLessons(), getSession()]);
      list.value = { state: 'loaded', entries: listEntries(lessons, session), course: courseDone(lessons, session) };
    } catch (error) {
      list.value = { state: 'failed', problem: asProblem(error) };
    }
  };
  useEffect(() => void load(), []);
  const { value } = list;
  const entries = value.state === 'loaded' ? value.entries : [];
  const closed = entries.flatMap(({ lesson }) => (lesson.notOpenYet ? lesson.slug : []));
  useUntilOpen(closed, () => void load());

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
        <div id="lessons" tabIndex={-1}>
          {list.value.state === 'loaded' && list.value.course.steps > 0 && (
            <CourseCard course={list.value.course} entries={list.value.entries} />
          )}
          <Lessons list={list.value} onRetry={load} />
          <LeftOut />
        </div>
      </main>
    </>
  );
}

function Lessons({ list, onRetry }: { list: State; onRetry: () => void }) {
  if (list.state === 'loaded' && list.entries.length > 0) {
    return listGroups(list.entries).map(({ heading, entries }, index) => (
      <Group key={heading} id={`lessons-${index}`} heading={heading}>
        <ol class="lesson-list">
          {entries.map((entry, index) => (
            <LessonRow key={entry.lesson.slug} entry={entry} number={index + 1} />
          ))}
        </ol>
      </Group>
    ));
  }
  return (
    <Group id="lessons-0" heading={null}>
      {list.state === 'failed' && <ProblemNotice problem={list.problem} onRetry={onRetry} />}
      {list.state === 'loading' && <Loading shape="page" />}
      {list.state === 'loaded' && <NothingHere text={texts.list.empty} next={texts.list.emptyNext} />}
    </Group>
  );
}

/** `heading`: of own lessons, a name that is theirs. */
function Group({ id, heading, children }: { id: string; heading: string | null; children: ComponentChildren }) {
  return (
    <section class="lessons" aria-labelledby={id}>
      <h2 id={id} translate={heading === null}>
        {heading ?? texts.list.lessons}
      </h2>
      {children}
    </section>
  );
}

/** For whoever writes the lessons: what came of a mistake in them. */
function LeftOut() {
  const problems = info.value?.leftOut ?? [];
  if (problems.length === 0) return null;
  return (
    <section class="left-out" aria-labelledby="left-out">
      <h2 id="left-out">{texts.list.leftOut({ n: problems.length })}</h2>
      <p>{texts.list.leftOutNext}</p>
      <ul>
        {problems.map(({ file, line, message }) => (
          <li key={`${file}:${line}:${message}`}>
            <span class="left-out-place" translate={false}>{`${file}:${line}:`}</span>{' '}
            <span lang={SERVER_LANGUAGE}>
              <Message text={message} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
