// A learner's raised hand: raised with a sentence, with the place in line and who comes, and lowered again.

import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import '../styles/wall-styles.css';
import { routes } from '../../../protocol/http.ts';
import {
  type HelpItem,
  type Keyboard,
  MAX_HAND_CHARACTERS,
  type OwnHand,
  roomMessageSchema,
} from '../../../protocol/room.ts';
import { roughly } from '../amounts.ts';
import { openRun } from '../palette/actions.ts';
import { Icon } from '../parts/icons.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { here } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { useActing } from './acting.ts';
import { BroadcastNotice } from './broadcast-notice.tsx';
import { BroadcastPane } from './broadcast-pane.tsx';
import { BroadcastState } from './broadcast-state.ts';
import { lowerHand, raiseHand } from './hand-api.ts';
import { HelpList } from './help-list.tsx';
import { HelpNotices } from './help-notices.tsx';
import { OverThePage } from './over-the-page.tsx';
import { RoomSocket } from './room-socket.ts';

export function RoomBar() {
  const hand = useSignal<OwnHand | null>(null);
  const watchers = useSignal<readonly string[]>([]);
  const help = useSignal<readonly HelpItem[]>([]);
  const pausedBy = useSignal<string | null>(null);
  const keyboard = useSignal<Keyboard | null>(null);
  const broadcast = useMemo(() => new BroadcastState(), []);
  const socket = useMemo(
    () =>
      new RoomSocket(routes.room, roomMessageSchema, (message) => {
        if (message.type === 'broadcast') broadcast.take(message.broadcast);
        if (message.type !== 'room') return;
        hand.value = message.hand;
        watchers.value = message.watchers;
        const known = new Set(help.peek().map(({ id }) => id));
        if (message.help.some(({ id, kind }) => kind === 'restart' && !known.has(id))) openRun.peek()?.forget();
        help.value = message.help;
        pausedBy.value = message.pausedBy;
        keyboard.value = message.keyboard;
      }),
    [],
  );
  useEffect(() => () => socket.dispose(), [socket]);
  const { problem, act } = useActing();
  const popover = useRef<HTMLDivElement>(null);
  const texts = roomTexts.hand;
  const isLessonShown = openRun.value?.panes.lessonShown.value ?? true;
  const ofClass = here.value?.me?.class?.id;
  const notices = (
    <>
      <HelpNotices watchers={watchers.value} pausedBy={pausedBy.value} keyboard={keyboard.value} />
      <BroadcastNotice state={broadcast} over={!isLessonShown} />
    </>
  );
  const send = async (what: Promise<null>) => {
    if (await act(what)) popover.current?.hidePopover();
  };
  return (
    <>
      <button type="button" class="quiet-button hand-button" popovertarget="hand" data-up={hand.value ? '' : undefined}>
        <Icon name="question" />
        {hand.value ? texts.yours : texts.raise}
      </button>
      {isLessonShown ? notices : <OverThePage>{notices}</OverThePage>}
      {ofClass !== undefined && <BroadcastPane ofClass={ofClass} state={broadcast} />}
      <HelpList items={help.value} />
      <span class="visually-hidden" role="status">
        {hand.value && lineOf(hand.value)}
      </span>
      <div ref={popover} id="hand" class="popover hand" popover="auto">
        {hand.value ? (
          <>
            <h2>{texts.yours}</h2>
            <p translate={false}>{hand.value.words}</p>
            <p>{lineOf(hand.value)}</p>
            <button type="button" class="button" onClick={() => void send(lowerHand())}>
              {texts.lower}
            </button>
          </>
        ) : (
          <RaiseForm onRaise={(words) => send(raiseHand(words))} />
        )}
        {problem.value && <ProblemNotice problem={problem.value} />}
      </div>
    </>
  );
}

function RaiseForm({ onRaise }: { onRaise: (words: string) => Promise<void> }) {
  const words = useSignal('');
  const texts = roomTexts.hand;
  return (
    <form
      class="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (words.peek().trim() !== '') void onRaise(words.peek());
      }}
    >
      <label>
        <span>{texts.words}</span>
        <input
          type="text"
          class="text-field"
          required
          maxLength={MAX_HAND_CHARACTERS}
          value={words.value}
          onInput={({ currentTarget }) => {
            words.value = currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="button button-main">
        {texts.send}
      </button>
    </form>
  );
}

function lineOf({ place, waitMs, takenBy }: OwnHand): string {
  const texts = roomTexts.hand;
  if (takenBy !== null) return texts.comes({ name: takenBy });
  const where = texts.place({ n: place });
  return waitMs === null ? where : texts.placeAndWait({ where, wait: roughly(waitMs) });
}
