// The terminal's menu.

import { Menu, type MenuPlace } from '../parts/menu.tsx';
import { texts } from '../texts.ts';
import { copyText, readText } from './clipboard.ts';
import { jumpKeys } from './key-bindings.ts';
import type { TerminalScreen } from './terminal-screen.ts';

type Props = {
  screen: TerminalScreen;
  place: MenuPlace;
  onClose: () => void;
  onPasteByHand: () => void;
  onLastCommand: (place: MenuPlace) => void;
};

export function TerminalMenu({ screen, place, onClose, onPasteByHand, onLastCommand }: Props) {
  const { selection, commands } = screen;
  const none = commands.all.value.length === 0;
  const paste = async () => {
    const text = await readText();
    if (text === null) onPasteByHand();
    else screen.paste(text);
  };
  return (
    <Menu
      label={texts.terminal.menu}
      place={place}
      onClose={onClose}
      onFocusBack={() => screen.focus()}
      groups={[
        [
          { text: texts.terminal.copy, action: () => copyText(selection), disabled: selection === '' },
          { text: texts.terminal.paste, action: paste },
          { text: texts.terminal.selectAll, action: () => screen.selectAll() },
        ],
        [
          { text: texts.terminal.previous, keys: jumpKeys().previous, action: () => screen.jump(-1), disabled: none },
          { text: texts.terminal.last, action: () => onLastCommand(place), disabled: none },
        ],
        [{ text: texts.terminal.clear, action: () => screen.clearScrollback() }],
      ]}
    />
  );
}
