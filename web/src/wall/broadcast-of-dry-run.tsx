// In a dry run: the terminal in front is shown to the class, which stands in the bar as long as it is so, and ends by one click.

import '../styles/wall-styles.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { routes } from '../../../protocol/http.ts';
import { type Broadcast, roomMessageSchema } from '../../../protocol/room.ts';
import { openRun } from '../palette/actions.ts';
import { BriefProblem } from '../people/brief-problem.tsx';
import { here } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { useActing } from './acting.ts';
import { beginBroadcast, endBroadcast } from './broadcast-api.ts';
import { RoomSocket } from './room-socket.ts';

export function BroadcastOfDryRun({ ofClass }: { ofClass: number }) {
  const broadcast = useSignal<Broadcast | null>(null);
  const { problem, act } = useActing();
  const popover = useRef<HTMLDivElement>(null);
  const socket = useMemo(
    () =>
      new RoomSocket(routes.room, roomMessageSchema, (message) => {
        if (message.type === 'broadcast') broadcast.value = message.broadcast;
      }),
    [],
  );
  useEffect(() => () => socket.dispose(), [socket]);
  const begin = async (terminal: number) => {
    if (await act(beginBroadcast(ofClass, terminal))) popover.current?.hidePopover();
  };
  const texts = roomTexts.broadcast;
  const now = broadcast.value;
  const isOwn = now?.by === here.value?.me?.name;
  const run = openRun.value;
  const isShowing = now !== null && isOwn;
  if (!run && !now) return null;
  return (
    <>
      <button
        type="button"
        class={now ? 'badge broadcast-live' : 'badge badge-quiet'}
        popovertarget="broadcast-of-dry-run"
        translate={!now || isOwn}
      >
        {now ? (isOwn ? texts.live({ n: now.watching ?? 0 }) : texts.shows({ name: now.by })) : texts.begin}
      </button>
      {isShowing && (
        <button type="button" class="badge broadcast-end" onClick={() => void act(endBroadcast(ofClass))}>
          {texts.end}
        </button>
      )}
      <div ref={popover} id="broadcast-of-dry-run" class="popover" popover="auto">
        <h2>{texts.title}</h2>
        <p>{texts.text}</p>
        {run && (!now || isOwn) && (
          <button
            type="button"
            class="button broadcast-front"
            onClick={() => void begin(run.terminals.front.peek().number)}
          >
            {texts.front}
          </button>
        )}
        {problem.value && <BriefProblem problem={problem.value} />}
      </div>
      <span class="visually-hidden" role="status">
        {isShowing && texts.on}
      </span>
    </>
  );
}
