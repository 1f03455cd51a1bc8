// The one dialog that stands over the terminal.

import type { Signal } from '@preact/signals';
import { FetchDialog } from './fetch-dialog.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { PasteQuestion } from './paste-question.tsx';
import type { TerminalScreen } from './terminal-screen.ts';
import { TerminalSettings } from './terminal-settings.tsx';

/** A paste by hand; whether many lines are meant; size, colours and keys; which file is to be fetched. */
export type Shown =
  | { dialog: 'paste' }
  | { dialog: 'question'; text: string }
  | { dialog: 'settings' }
  | { dialog: 'fetch' };

type Props = {
  screen: TerminalScreen;
  shown: Signal<Shown | null>;
  onPaste: (text: string) => void;
  /** Where it was asked about. */
  onPasteAll: (text: string) => void;
};

export function TerminalDialog({ screen, shown, onPaste, onPasteAll }: Props) {
  const now = shown.value;
  const close = () => {
    // Where the paste by hand has led to a question, that one stays.
    if (shown.peek() === now) shown.value = null;
  };
  if (now?.dialog === 'paste') return <PasteDialog screen={screen} onPaste={onPaste} onClose={close} />;
  if (now?.dialog === 'question')
    return <PasteQuestion screen={screen} text={now.text} onPaste={onPasteAll} onClose={close} />;
  if (now?.dialog === 'fetch') return <FetchDialog screen={screen} onClose={close} />;
  return now && <TerminalSettings screen={screen} onClose={close} />;
}
