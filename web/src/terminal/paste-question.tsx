// Asks before many lines are pasted, and shows them.

import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { linesOf } from './pasted-text.ts';
import type { TerminalScreen } from './terminal-screen.ts';

const SHOWN_CHARACTERS = 2000;

type Props = { screen: TerminalScreen; text: string; onPaste: (text: string) => void; onClose: () => void };

export function PasteQuestion({ screen, text, onPaste, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => screen.focus();
  }, []);
  const lines = linesOf(text);
  const paste = () => {
    dialog.current?.close();
    onPaste(text);
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="paste-many-heading" closedby="any" onClose={onClose}>
      <h2 id="paste-many-heading">
        {lines === 1 ? texts.terminal.pasteCharacters({ n: text.length }) : texts.terminal.pasteLines({ n: lines })}
      </h2>
      <p>{screen.bracketedPaste ? texts.terminal.pasteAsOne : texts.terminal.pasteEachRuns}</p>
      <textarea
        class="paste-field"
        rows={8}
        readOnly
        aria-label={texts.terminal.pastePreview}
        value={text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}
      />
      <div class="dialog-buttons">
        <button type="button" class="button" autofocus onClick={() => dialog.current?.close()}>
          {texts.cancel}
        </button>
        <button type="button" class="button button-main" onClick={paste}>
          {texts.terminal.paste}
        </button>
      </div>
    </dialog>
  );
}
