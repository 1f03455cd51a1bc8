// 'Show me': asks once, then has the step's solution typed into the terminal.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { LessonRun } from './lesson-run.ts';

/** `again`: it was shown before, so nothing has to be asked. */
export function ShowMe({ run, step, again }: { run: LessonRun; step: string; again: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const busy = useSignal(false);
  const ready = run.link.state.value.state === 'ready';
  const show = async () => {
    dialog.current?.close();
    busy.value = true;
    await run.showSolution(step);
    busy.value = false;
  };
  const heading = `show-${step}`;
  return (
    <>
      <button
        type="button"
        class="button"
        disabled={!ready || busy.value}
        onClick={() => (again ? void show() : dialog.current?.showModal())}
      >
        {busy.value ? texts.show.doing : texts.show.button}
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby={heading} closedby="any">
        <h2 id={heading}>{texts.show.heading}</h2>
        <p>{texts.show.text}</p>
        <div class="dialog-buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {texts.cancel}
          </button>
          <button type="button" class="button button-main" onClick={() => void show()}>
            {texts.show.confirm}
          </button>
        </div>
      </dialog>
    </>
  );
}
