// Does what the page's own keys in the terminal mean; all others go to the shell.

import type { Terminal } from '@xterm/xterm';
import { copyText } from './clipboard.ts';
import { keyAction, onMac } from './key-bindings.ts';

type Actions = { jump(step: -1 | 1): void; search(): void; turn(step: -1 | 1): void };

export function bindPageKeys(terminal: Terminal, actions: Actions): void {
  const mac = onMac();
  terminal.attachCustomKeyEventHandler((event) => {
    const action = keyAction(event, terminal.hasSelection(), mac);
    if (action === null) return true;
    // xterm.js leaves it to the browser, which then pastes.
    if (action === 'native-paste') return false;
    const jump = action === 'previous-command' ? -1 : action === 'next-command' ? 1 : null;
    // A program that has the whole screen has these keys too.
    if (jump !== null && terminal.buffer.active.type === 'alternate') return true;
    event.preventDefault();
    if (action === 'previous-terminal') actions.turn(-1);
    else if (action === 'next-terminal') actions.turn(1);
    else if (jump !== null) actions.jump(jump);
    else if (action === 'search') actions.search();
    else {
      if (terminal.hasSelection()) void copyText(terminal.getSelection());
      if (action === 'copy-selection') terminal.clearSelection();
    }
    return false;
  });
}
