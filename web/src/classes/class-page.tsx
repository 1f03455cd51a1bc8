// One class, for whoever teaches it: who is in it and how far, the pace, and the list of names.

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { type ApiProblem, asProblem, getLessons } from '../api.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTitle } from '../parts/title.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { here, loadHere } from '../people/here.ts';
import { PlainHttp } from '../people/plain-http.tsx';
import { roomTexts } from '../room-texts.ts';
import { classesPath, handoutPath, route, wallPath } from '../router.ts';
import { texts } from '../texts.ts';
import { WallState } from '../wall/wall-state.ts';
import { getClass } from './class-api.ts';
import { CopyLink } from './copy-link.tsx';
import { DryRun } from './dry-run.tsx';
import { joinLink } from './join-address.tsx';
import { LearnerTable } from './learner-table.tsx';
import { NameList } from './name-list.tsx';
import { Overview } from './overview.tsx';
import { Pace } from './pace.tsx';
import { Rehearsal } from './rehearsal.tsx';
import { Report } from './report.tsx';
import type { Shown } from './shown.ts';
import { Webhook } from './webhook.tsx';
import '../styles/class-page.css';

type State = { state: 'loading' } | ({ state: 'loaded' } & Shown) | { state: 'failed'; problem: ApiProblem };

async function load(id: number): Promise<State> {
  try {
    const [one, all] = await Promise.all([getClass(id), getLessons()]);
    const lessons = one.lessons.flatMap((slug) => all.find((lesson) => lesson.slug === slug) ?? []);
    return { state: 'loaded', one, lessons };
  } catch (error) {
    return { state: 'failed', problem: asProblem(error) };
  }
}

export function ClassPage() {
  const { value: at } = route;
  const id = at.page === 'class' ? at.id : 0;
  const shown = useSignal<State>({ state: 'loading' });
  const look = async () => {
    shown.value = await load(id);
  };
  const wall = useMemo(() => new WallState(id), [id]);
  const taught = useComputed(() => wall.told.value?.lessons);
  useEffect(() => {
    loadHere();
    void look();
    return () => wall.dispose();
  }, [wall]);
  // Told whole again when the class has changed, at another teacher's page, too.
  useSignalEffect(() => {
    if (taught.value) void look();
  });
  const { value } = shown;
  useTitle(texts.classes.heading);
  const mayChange = here.value?.me?.role === 'teacher';
  return (
    <>
      <TopBar />
      <main class="classes-page" id="content" tabIndex={-1}>
        <p class="no-print">
          <a href={classesPath}>{roomTexts.class.back}</a>
        </p>
        {value.state === 'loading' && <Loading shape="page" />}
        {value.state === 'failed' && <ProblemNotice problem={value.problem} onRetry={look} />}
        {value.state === 'loaded' && (
          <>
            <h1 translate={false}>{value.one.name}</h1>
            <p class="class-facts">
              <strong>{roomTexts.classes.states[value.one.state]}</strong>
              <span>
                {roomTexts.classes.code} <code translate={false}>{value.one.code}</code>
              </span>
              <a href={wallPath(value.one.id)}>{roomTexts.wall.title}</a>
              <a href={handoutPath(value.one.id)}>{roomTexts.handout.title}</a>
              <CopyLink text={roomTexts.class.joinLink} address={() => joinLink(value.one.code)} />
            </p>
            <PlainHttp />
            <LearnerTable shown={value} told={wall.told} mayChange={mayChange} />
            <Report id={value.one.id} />
            <Overview id={value.one.id} />
            <DryRun id={value.one.id} />
            {mayChange && <Rehearsal shown={value} />}
            <Webhook id={value.one.id} mayChange={mayChange} />
            {mayChange && <Pace shown={value} onChanged={look} />}
            {mayChange && <NameList id={value.one.id} />}
          </>
        )}
      </main>
    </>
  );
}
