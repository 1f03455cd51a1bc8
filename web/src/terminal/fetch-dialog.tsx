// Asks which file of the learner's computer is to be saved on their own machine.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { asProblem } from '../api.ts';
import { texts } from '../texts.ts';
import { fetchFile } from './files.ts';
import type { TerminalScreen } from './terminal-screen.ts';

export function FetchDialog({ screen, onClose }: { screen: TerminalScreen; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const path = useRef<HTMLInputElement>(null);
  const problem = useSignal('');
  const words = texts.terminal.files;
  useEffect(() => {
    dialog.current?.showModal();
    return () => screen.focus();
  }, []);
  const save = async () => {
    problem.value = '';
    try {
      await fetchFile(path.current?.value.trim() ?? '');
      dialog.current?.close();
    } catch (error) {
      const { message, next } = asProblem(error);
      problem.value = `${message} ${next}`;
    }
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="fetch-heading" closedby="any" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <h2 id="fetch-heading">{words.fetchHeading}</h2>
        <label>
          {words.path}
          <input
            ref={path}
            class="paste-field"
            type="text"
            required
            autofocus
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            placeholder={words.pathExample}
          />
        </label>
        <p role="alert">{problem.value}</p>
        <div class="dialog-buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {texts.cancel}
          </button>
          <button type="submit" class="button button-main">
            {words.fetch}
          </button>
        </div>
      </form>
    </dialog>
  );
}
