// Who asks to type in the learner's terminal, and who types there now: the learner allows, refuses, and takes it back.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Keyboard } from '../../../protocol/room.ts';
import { type ApiProblem, asProblem } from '../api.ts';
import { openRun } from '../palette/actions.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { roomTexts } from '../room-texts.ts';
import { allowKeyboard, takeKeyboard } from './keyboard-api.ts';

export function KeyboardNotice({ keyboard: { ask, by, allowed } }: { keyboard: Keyboard }) {
  const problem = useSignal<ApiProblem | null>(null);
  const texts = roomTexts.help.keyboard;
  const act = async (what: Promise<null>) => {
    problem.value = null;
    await what.catch((error) => {
      problem.value = asProblem(error);
    });
    openRun.peek()?.focusTerminal();
  };
  const takeBack = () => void act(takeKeyboard());
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
          <button type="button" class="button" onClick={() => void act(allowKeyboard(ask))}>
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
