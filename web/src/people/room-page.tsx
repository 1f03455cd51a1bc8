// The pages of a room, which a learner who is alone never sees: each is loaded when it is shown.

import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { ApiProblem } from '../api.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemPage } from '../parts/problem-notice.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { texts } from '../texts.ts';

const pages = {
  back: () => import('./back-page.tsx').then(({ BackPage }) => BackPage),
  'sign-in': () => import('./sign-in-page.tsx').then(({ SignInPage }) => SignInPage),
  join: () => import('./join-page.tsx').then(({ JoinPage }) => JoinPage),
  class: () => import('../classes/class-page.tsx').then(({ ClassPage }) => ClassPage),
  record: () => import('../record/record-page.tsx').then(({ RecordPage }) => RecordPage),
  privacy: () => import('../record/privacy-page.tsx').then(({ PrivacyPage }) => PrivacyPage),
  verify: () => import('../record/verify-page.tsx').then(({ VerifyPage }) => VerifyPage),
  overview: () => import('../record/overview-page.tsx').then(({ OverviewPage }) => OverviewPage),
  classes: () => import('../classes/classes-page.tsx').then(({ ClassesPage }) => ClassesPage),
  handout: () => import('../classes/handout-page.tsx').then(({ HandoutPage }) => HandoutPage),
  wall: () => import('../wall/wall-page.tsx').then(({ WallPage }) => WallPage),
};

type State = { state: 'loading' } | { state: 'loaded'; Page: FunctionComponent } | { state: 'missing' };

export function RoomPage({ name }: { name: keyof typeof pages }) {
  const loading = useSignal<State>({ state: 'loading' });
  useEffect(() => {
    Promise.all([pages[name](), import('../room-texts.ts').then(({ speakInRoom }) => speakInRoom())]).then(
      ([Page]) => {
        loading.value = { state: 'loaded', Page };
      },
      () => {
        loading.value = { state: 'missing' };
      },
    );
  }, []);
  const { value } = loading;
  if (value.state === 'loaded') return <value.Page />;
  if (value.state === 'missing') {
    const { message, next } = texts.problems.unreachable;
    return <ProblemPage problem={new ApiProblem('unreachable', message, next)} onRetry={() => location.reload()} />;
  }
  return (
    <>
      <TopBar />
      <main class="entry-page" id="content">
        <Loading shape="form" />
      </main>
    </>
  );
}
