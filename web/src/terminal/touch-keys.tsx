// A row of keys for fingers; the stylesheet shows it only where the pointer is coarse.

import { texts } from '../texts.ts';
import type { TerminalScreen } from './terminal-screen.ts';
import { touchKeys } from './touch-key.ts';

export function TouchKeys({ screen }: { screen: TerminalScreen }) {
  // The terminal keeps the focus, and with it the phone its keyboard.
  const keepFocus = (event: Event) => event.preventDefault();
  const ctrl = (
    <button
      key="ctrl"
      type="button"
      tabIndex={-1}
      aria-label={texts.terminal.ctrl}
      aria-pressed={screen.ctrl.value}
      onClick={() => {
        screen.ctrl.value = !screen.ctrl.value;
      }}
    >
      {texts.terminal.touch.ctrl}
    </button>
  );
  const keys = touchKeys.map(({ name, sign, sends }) => (
    <button
      key={name}
      type="button"
      tabIndex={-1}
      aria-label={sign && texts.terminal.touch[name]}
      onClick={() => screen.type(sends(screen.applicationCursor))}
    >
      {sign ?? texts.terminal.touch[name]}
    </button>
  ));
  keys.splice(2, 0, ctrl);
  return (
    <div
      class="touch-keys"
      role="toolbar"
      aria-label={texts.terminal.keys}
      onPointerDown={keepFocus}
      onMouseDown={keepFocus}
    >
      {keys}
    </div>
  );
}
