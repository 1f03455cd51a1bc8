// Copies what the pointer has selected, for those who want it so.

import type { Terminal } from '@xterm/xterm';
import { copyText } from './clipboard.ts';
import { rememberedLook } from './remembered-look.ts';

/** Ends with the terminal. */
export function copySelections(terminal: Terminal, host: HTMLElement): void {
  host.addEventListener('pointerdown', ({ button }) => {
    if (button !== 0) return;
    // xterm.js ends a selection with a mouseup, which comes after this.
    const copy = () =>
      setTimeout(() => {
        const text = terminal.getSelection();
        if (text !== '' && rememberedLook().peek().selectionCopies) void copyText(text);
      });
    window.addEventListener('pointerup', copy, { once: true });
  });
}
