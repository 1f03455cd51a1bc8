// Who asks to type in the learner's terminal, and who types there now: the learner allows, refuses, and takes it back.

import { useEffect } from 'preact/hooks';
import type { Keyboard } from '../../../protocol/room.ts';
import { openRun } from '../palette/actions.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { useActing } from './acting.ts';
import { allowKeyboard, takeKeyboard } from './keyboard-api.ts';

export function KeyboardNotice({ keyboard: { ask, by, allowed } }: { keyboard: Keyboard }) {
  const { problem, act } = useActing();
  const texts = roomTexts.help.keyboard;
  const answer = async (what: Promise<null>) => {
    await act(what);
    openRun.peek()?.focusTerminal();
  };
  const takeBack = () => void answer(takeKeyboard());
  // In the terminal each key does; elsewhere on the page Escape.
  useEffect(() => {
    if (!allowed) return;
    const onKey = ({ key, target }: KeyboardEvent) => {
      if (key === 'Escape' && !(target as Element | null)?.closest('.terminal-host')) takeBack();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [allowed]);
  return (
    <div class="help-keyboard">
      <p>{(allowed ? texts.types : texts.asks)({ name: by })}</p>
      <p class="wall-hand-actions">
        {!allowed && (
          <button type="button" class="button" onClick={() => void answer(allowKeyboard(ask))}>
            {texts.allow}
          </button>
        )}
        <button type="button" class="button" onClick={takeBack}>
          {allowed ? texts.takeBack : texts.refuse}
        </button>
      </p>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </div>
  );
}
