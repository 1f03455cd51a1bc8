// A certificate of the course, to be printed by whoever did all of it. The name is theirs to type, and stays in this browser.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ApiProblem, asProblem, getDone, getLessons, getSession } from '../api.ts';
import { Slope } from '../list/slope.tsx';
import { Icon, Mark } from '../parts/icons.tsx';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { lessonPath } from '../router.ts';
import { texts } from '../texts.ts';
import { type Course, courseDone } from './course-done.ts';

type State =
  | { state: 'loading' }
  | { state: 'loaded'; course: Course; at: Date }
  | { state: 'failed'; problem: ApiProblem };

const KEY = 'slipway.name';

async function load(): Promise<State> {
  try {
    const [lessons, session] = await Promise.all([getLessons(), getSession()]);
    const course = courseDone(lessons, session);
    const done = course.missing.length > 0 ? [] : await Promise.all(course.lessons.map(({ slug }) => getDone(slug)));
    const last = Math.max(0, ...done.flat().map(({ atMs }) => atMs));
    return { state: 'loaded', course, at: last > 0 ? new Date(last) : new Date() };
  } catch (error) {
    return { state: 'failed', problem: asProblem(error) };
  }
}

export function CertificatePage() {
  useTitle(texts.certificate.heading);
  const loaded = useSignal<State>({ state: 'loading' });
  const ask = () =>
    void load().then((state) => {
      loaded.value = state;
    });
  useEffect(ask, []);
  const { value } = loaded;
  return (
    <>
      <TopBar />
      <main class="certificate-page">
        {value.state === 'loading' && <Loading shape="page" />}
        {value.state === 'failed' && <ProblemNotice problem={value.problem} onRetry={ask} />}
        {value.state === 'loaded' &&
          (value.course.missing.length > 0 ? <Missing course={value.course} /> : <Certificate {...value} />)}
      </main>
    </>
  );
}

function Missing({ course }: { course: Course }) {
  return (
    <>
      <h1>{texts.certificate.heading}</h1>
      <p>{texts.certificate.notYet}</p>
      <ul class="certificate-missing">
        {course.missing.map(({ slug, language, title, passed, all }) => (
          <li key={slug}>
            <a href={lessonPath(slug)} lang={language}>
              {title}
            </a>{' '}
            <span>{texts.lesson.progress({ n: passed, m: all })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Certificate({ course, at }: { course: Course; at: Date }) {
  const name = useSignal(remembered());
  const { heading, certifies, course: courseName, checked } = texts.certificate;
  return (
    <>
      <div class="certificate-form">
        <label>
          {texts.certificate.name}
          <input
            type="text"
            class="text-field"
            autocomplete="name"
            maxLength={80}
            value={name.value}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
              remember(name.value);
            }}
          />
        </label>
        <button type="button" class="button button-main" onClick={() => print()}>
          <Icon name="print" />
          {texts.certificate.print}
        </button>
        <p>{texts.certificate.kept}</p>
      </div>
      <article class="certificate">
        <header>
          <Mark />
          <span>{texts.name}</span>
        </header>
        <h1>{heading}</h1>
        <p class="certificate-name" translate={false}>
          {name.value.trim() || '\u00a0'}
        </p>
        <p class="certificate-words">
          {certifies} <strong>{courseName}</strong>
        </p>
        <ol class="certificate-lessons">
          {course.lessons.map(({ slug, language, title }) => (
            <li key={slug} lang={language}>
              {title}
            </li>
          ))}
        </ol>
        <p class="certificate-checked">
          {checked({ n: course.steps })} {course.shown > 0 && texts.certificate.shown({ n: course.shown })}
        </p>
        <footer>
          <time dateTime={at.toISOString()}>{texts.certificate.date({ at })}</time>
          <Slope />
        </footer>
      </article>
    </>
  );
}

function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return ''; // Storage may be switched off.
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Storage may be switched off or full.
  }
}
