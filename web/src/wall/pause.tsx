// Whether the class stands still, and the button for that.

import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { useActing } from './acting.ts';
import { pauseClass, resumeClass } from './action-api.ts';

type Props = { ofClass: number; pausedBy: string | null };

export function Pause({ ofClass, pausedBy }: Props) {
  const { problem, act } = useActing();
  const texts = roomTexts.wall.pause;
  return (
    <div class="wall-pause" data-paused={pausedBy === null ? undefined : ''}>
      <p role="status">{pausedBy !== null && texts.paused({ name: pausedBy })}</p>
      <button
        type="button"
        class="button"
        onClick={() => void act(pausedBy === null ? pauseClass(ofClass) : resumeClass(ofClass))}
      >
        {pausedBy === null ? texts.pause : texts.resume}
      </button>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </div>
  );
}
