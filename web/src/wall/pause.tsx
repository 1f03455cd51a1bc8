// Whether the class stands still, and the button for that.

import { useSignal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { pauseClass, resumeClass } from './action-api.ts';

type Props = { ofClass: number; pausedBy: string | null };

export function Pause({ ofClass, pausedBy }: Props) {
  const problem = useSignal<ApiProblem | null>(null);
  const texts = roomTexts.wall.pause;
  const act = async () => {
    problem.value = null;
    await (pausedBy === null ? pauseClass(ofClass) : resumeClass(ofClass)).catch((error) => {
      problem.value = asProblem(error);
    });
  };
  return (
    <div class="wall-pause" data-paused={pausedBy === null ? undefined : ''}>
      <p role="status">{pausedBy !== null && texts.paused({ name: pausedBy })}</p>
      <button type="button" class="button" onClick={() => void act()}>
        {pausedBy === null ? texts.pause : texts.resume}
      </button>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </div>
  );
}
