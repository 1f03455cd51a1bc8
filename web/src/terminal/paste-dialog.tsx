// Takes a paste by the browser's own keys where the page may not read the clipboard.

import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { onMac } from './key-bindings.ts';
import type { TerminalScreen } from './terminal-screen.ts';

type Props = { screen: TerminalScreen; onClose: () => void; onPaste: (text: string) => void };

export function PasteDialog({ screen, onClose, onPaste }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => screen.focus();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="paste-heading" closedby="any" onClose={onClose}>
      <h2 id="paste-heading">{texts.terminal.pasteHeading}</h2>
      <p>{texts.terminal.pasteText({ keys: onMac() ? 'Cmd+V' : 'Ctrl+V' })}</p>
      <textarea
        class="paste-field"
        rows={2}
        aria-label={texts.terminal.pasteField}
        autofocus
        onPaste={(event) => {
          event.preventDefault();
          const text = event.clipboardData?.getData('text/plain') ?? '';
          dialog.current?.close();
          screen.focus();
          onPaste(text);
        }}
      />
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {texts.cancel}
        </button>
      </div>
    </dialog>
  );
}
