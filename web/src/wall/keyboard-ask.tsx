// Below a learner's terminal: the keyboard is asked for, and given back.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { WallLearner } from '../../../protocol/wall.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { here } from '../people/here.ts';
import { roomTexts } from '../room-texts.ts';
import { useActing } from './acting.ts';
import { askKeyboard, giveKeyboard } from './keyboard-api.ts';

type Props = { ofClass: number; person: string; learner: WallLearner };

export function KeyboardAsk({ ofClass, person, learner: { name, keyboard, connected } }: Props) {
  const { problem, act } = useActing();
  /** It was asked for, and ended without a word from here. */
  const ended = useSignal(false);
  const asked = useRef(false);
  const texts = roomTexts.wall.keyboard;
  const isMine = keyboard !== null && keyboard.by === here.value?.me?.name;
  useEffect(() => {
    if (isMine) ended.value = false;
    else if (asked.current) ended.value = true;
    asked.current = isMine;
  }, [isMine]);
  const ask = (what: Promise<null>) => {
    ended.value = false;
    void act(what);
  };
  const giveBack = () => {
    asked.current = false;
    ask(giveKeyboard(ofClass, person));
  };
  return (
    <div class="wall-keyboard" data-types={isMine && keyboard.allowed ? '' : undefined}>
      <p role="status">
        {isMine && (keyboard.allowed ? texts.types : texts.asked)({ name })}
        {keyboard && !isMine && texts.other({ by: keyboard.by })}
        {!keyboard && ended.value && texts.refused({ name })}
      </p>
      {!keyboard && connected && (
        <button type="button" class="button" onClick={() => ask(askKeyboard(ofClass, person))}>
          {texts.ask}
        </button>
      )}
      {isMine && (
        <button type="button" class="button" onClick={giveBack}>
          {keyboard.allowed ? texts.giveBack : texts.withdraw}
        </button>
      )}
      {problem.value && <ProblemNotice problem={problem.value} />}
    </div>
  );
}
