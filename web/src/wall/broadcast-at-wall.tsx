// At the wall: the terminal that is shown to the class, by whom and to how many, its end, and the way to show one's own.

import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Broadcast } from '../../../protocol/room.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { here } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { classPath } from '../router.ts';
import { useActing } from './acting.ts';
import { beginBroadcast, endBroadcast } from './broadcast-api.ts';
import { BroadcastPane } from './broadcast-pane.tsx';
import { BroadcastState } from './broadcast-state.ts';

type Props = { ofClass: number; broadcast: ReadonlySignal<Broadcast | null> };

export function BroadcastAtWall({ ofClass, broadcast }: Props) {
  const { problem, act } = useActing();
  const state = useMemo(() => new BroadcastState(), []);
  const now = broadcast.value;
  useEffect(() => state.take(now), [now]);
  const texts = roomTexts.broadcast;
  const isOpen = state.opened.value !== null;
  return (
    <div class="wall-pause" data-paused={now ? '' : undefined}>
      <p role="status">{now && texts.shows({ name: now.by })}</p>
      {now ? (
        <>
          <span>{texts.watching({ n: now.watching ?? 0 })}</span>
          <button
            type="button"
            class="button"
            aria-expanded={isOpen}
            onClick={() => (isOpen ? state.putAway() : state.open())}
          >
            {isOpen ? texts.putAway : texts.look}
          </button>
          <button type="button" class="button" onClick={() => void act(endBroadcast(ofClass))}>
            {texts.end}
          </button>
        </>
      ) : here.value?.me?.dryRun?.id === ofClass ? (
        <button type="button" class="button" onClick={() => void act(beginBroadcast(ofClass, null))}>
          {texts.begin}
        </button>
      ) : (
        <a class="wall-quiet" href={classPath(ofClass)}>
          {texts.how}
        </a>
      )}
      {problem.value && <ProblemNotice problem={problem.value} />}
      <BroadcastPane ofClass={ofClass} state={state} />
    </div>
  );
}
