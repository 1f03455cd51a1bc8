// A teacher's classes: made here, opened, closed and archived, with the code by which learners join.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Class, MAX_NAME_CHARACTERS, NEXT_STATES } from '../../../protocol/classroom.ts';
import type { LessonSummary } from '../../../protocol/lesson.ts';
import { type ApiProblem, asProblem, getLessons } from '../api.ts';
import { Loading } from '../parts/loading.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { EntryForm, Field } from '../people/entry-form.tsx';
import { here, loadHere } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { classPath } from '../router.ts';
import { texts } from '../texts.ts';
import { changeClass, createClass, getClasses } from './class-api.ts';
import { JoinQr, joinAddress } from './join-address.tsx';

type State =
  | { state: 'loading' }
  | { state: 'loaded'; classes: Class[]; lessons: LessonSummary[] }
  | { state: 'failed'; problem: ApiProblem };

export function ClassesPage() {
  useTitle(texts.classes.heading);
  const list = useSignal<State>({ state: 'loading' });
  const load = async () => {
    try {
      const [classes, lessons] = await Promise.all([getClasses(), getLessons()]);
      list.value = { state: 'loaded', classes, lessons };
    } catch (error) {
      list.value = { state: 'failed', problem: asProblem(error) };
    }
  };
  useEffect(() => {
    loadHere();
    void load();
  }, []);
  const { value } = list;
  return (
    <>
      <TopBar />
      <main class="classes-page" id="content" tabIndex={-1}>
        <h1>{texts.classes.heading}</h1>
        <p>{roomTexts.classes.intro}</p>
        {value.state === 'loading' && <Loading shape="page" />}
        {value.state === 'failed' && <ProblemNotice problem={value.problem} onRetry={load} />}
        {value.state === 'loaded' && (
          <>
            {here.value?.me?.role === 'teacher' && <NewClass lessons={value.lessons} onMade={load} />}
            {value.classes.length === 0 && <NothingHere text={roomTexts.classes.empty} />}
            {value.classes.map((one) => (
              <ClassCard key={one.id} one={one} lessons={value.lessons} onChanged={load} />
            ))}
          </>
        )}
      </main>
    </>
  );
}

function NewClass({ lessons, onMade }: { lessons: readonly LessonSummary[]; onMade: () => Promise<void> }) {
  const name = useSignal('');
  return (
    <EntryForm
      button={roomTexts.classes.create}
      onSend={async () => {
        await createClass(
          name.peek(),
          lessons.map(({ slug }) => slug),
        );
        name.value = '';
        await onMade();
      }}
    >
      <Field
        label={roomTexts.classes.name}
        autocomplete="off"
        most={MAX_NAME_CHARACTERS}
        value={name.value}
        onValue={(value) => {
          name.value = value;
        }}
      />
    </EntryForm>
  );
}

type CardProps = { one: Class; lessons: readonly LessonSummary[]; onChanged: () => Promise<void> };

function ClassCard({ one, lessons, onChanged }: CardProps) {
  const problem = useSignal<ApiProblem | null>(null);
  const change = async (what: Parameters<typeof changeClass>[1]) => {
    problem.value = null;
    await changeClass(one.id, what).then(onChanged, (error) => {
      problem.value = asProblem(error);
    });
  };
  const mayChange = here.value?.me?.role === 'teacher';
  return (
    <section class="class-card" aria-labelledby={`class-${one.id}`}>
      <h2 id={`class-${one.id}`} translate={false}>
        <a href={classPath(one.id)}>{one.name}</a>
      </h2>
      <p class="class-facts">
        <strong>{roomTexts.classes.states[one.state]}</strong>
        <span>{roomTexts.classes.learners({ n: one.learners })}</span>
      </p>
      {one.state === 'open' && (
        <div class="class-join">
          <JoinQr code={one.code} size={140} />
          <p>
            {roomTexts.classes.address({ address: joinAddress() })}
            <br />
            {roomTexts.classes.code}{' '}
            <strong class="class-code" translate={false}>
              {one.code}
            </strong>
          </p>
        </div>
      )}
      <details>
        <summary>{roomTexts.classes.lessons}</summary>
        <ol>
          {one.lessons.map((slug) => (
            <li key={slug}>{lessons.find((lesson) => lesson.slug === slug)?.title ?? slug}</li>
          ))}
        </ol>
      </details>
      {mayChange && (
        <p class="class-actions">
          {NEXT_STATES[one.state].map((state) => (
            <button key={state} type="button" class="button" onClick={() => void change({ state })}>
              {roomTexts.classes.to[state]}
            </button>
          ))}
          {one.state === 'open' && (
            <button type="button" class="quiet-button" onClick={() => void change({ newCode: true })}>
              {roomTexts.classes.newCode}
            </button>
          )}
        </p>
      )}
      {problem.value && <ProblemNotice problem={problem.value} />}
    </section>
  );
}
