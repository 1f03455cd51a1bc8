// A question in a dialog: what is about to happen, a way out, and a button that does it.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { type ApiProblem, asProblem } from '../api.ts';
import { roomTexts } from '../room-texts.ts';
import { texts } from '../texts.ts';
import { ProblemNotice } from './problem-notice.tsx';

type Props = {
  heading: string;
  children: ComponentChildren;
  onClose: () => void;
  /** Without it there is nothing to confirm, or no longer. */
  confirm?: string | undefined;
  /** Throws an ApiProblem, which is shown. */
  onConfirm?: () => Promise<void>;
};

export function Question({ heading, children, onClose, confirm, onConfirm }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const busy = useSignal(false);
  const problem = useSignal<ApiProblem | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const act = async () => {
    busy.value = true;
    problem.value = null;
    await onConfirm?.().catch((error) => {
      problem.value = asProblem(error);
    });
    busy.value = false;
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} closedby="any" onClose={onClose}>
      <h2 id={id}>{heading}</h2>
      {children}
      {problem.value && <ProblemNotice problem={problem.value} />}
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {confirm ? texts.cancel : roomTexts.class.close}
        </button>
        {confirm && (
          <button type="button" class="button button-main" disabled={busy.value} onClick={() => void act()}>
            {confirm}
          </button>
        )}
      </div>
    </dialog>
  );
}
