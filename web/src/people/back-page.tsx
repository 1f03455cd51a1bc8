// Where a return link leads: its learner is in at once, on any device.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ApiProblem, asProblem, comeBack } from '../api.ts';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { joinPath } from '../router.ts';
import { EntryPage } from './entry-form.tsx';
import { cameIn, takeFragment } from './here.ts';

export function BackPage() {
  const problem = useSignal<ApiProblem | null>(null);
  const comeIn = (token: string) => {
    comeBack(token).then(
      (me) => cameIn(me, '/'),
      (error) => {
        problem.value = asProblem(error);
      },
    );
  };
  useEffect(() => comeIn(takeFragment()), []);
  return (
    <EntryPage heading={roomTexts.back.heading} intro={roomTexts.back.intro}>
      {problem.value ? <ProblemNotice problem={problem.value} /> : <Loading shape="form" />}
      <p class="entry-other">
        <a href={joinPath}>{roomTexts.join.heading}</a>
      </p>
    </EntryPage>
  );
}
