// Starting the lesson again: a button, and a dialog that says what is lost.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';
import type { LessonRun } from './lesson-run.ts';

export function RestartButton({ run }: { run: LessonRun }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const busy = useSignal(false);
  const restart = async () => {
    busy.value = true;
    await run.restart();
    busy.value = false;
    dialog.current?.close();
  };
  return (
    <>
      <button id="start-again" type="button" class="quiet-button" onClick={() => dialog.current?.showModal()}>
        <Icon name="restart" />
        {texts.lesson.startAgain}
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="restart-heading" closedby="any">
        <h2 id="restart-heading">{texts.restart.heading}</h2>
        <p>{texts.restart.text}</p>
        <p>{texts.restart.lost}</p>
        <div class="dialog-buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {texts.cancel}
          </button>
          <button type="button" class="button button-main" disabled={busy.value} onClick={() => void restart()}>
            {busy.value ? texts.restart.doing : texts.restart.confirm}
          </button>
        </div>
      </dialog>
    </>
  );
}
