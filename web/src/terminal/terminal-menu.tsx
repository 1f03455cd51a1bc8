// The terminal's menu.

import { Menu, type MenuPlace } from '../parts/menu.tsx';
import { texts } from '../texts.ts';
import { copyText, readText } from './clipboard.ts';
import { download, fileName } from './download.ts';
import { keysOf } from './key-bindings.ts';
import type { TerminalScreen } from './terminal-screen.ts';

type Props = {
  screen: TerminalScreen;
  lesson: string;
  place: MenuPlace;
  onClose: () => void;
  onPasteByHand: () => void;
  onPaste: (text: string) => void;
  onSearch: () => void;
  onOpenTerminal: () => void;
  onUpload: () => void;
  onFetch: () => void;
  onSettings: () => void;
  onLastCommand: (place: MenuPlace) => void;
};

export function TerminalMenu({ screen, lesson, place, onClose, onPasteByHand, ...on }: Props) {
  const { selection, commands } = screen;
  const none = commands.all.value.length === 0;
  const paste = async () => {
    const text = await readText();
    if (text === null) onPasteByHand();
    else on.onPaste(text);
  };
  return (
    <Menu
      label={texts.terminal.menu}
      place={place}
      onClose={onClose}
      onFocusBack={() => screen.focus()}
      groups={[
        [
          {
            text: texts.terminal.copy,
            keys: keysOf('copy'),
            action: () => copyText(selection),
            disabled: selection === '',
          },
          { text: texts.terminal.paste, keys: keysOf('paste'), action: paste },
          { text: texts.terminal.selectAll, action: () => screen.selectAll() },
        ],
        [
          { text: texts.terminal.search, keys: keysOf('search'), action: on.onSearch },
          { text: texts.terminal.previous, keys: keysOf('previous'), action: () => screen.jump(-1), disabled: none },
          { text: texts.terminal.last, action: () => on.onLastCommand(place), disabled: none },
        ],
        [{ text: texts.terminal.openItem, action: on.onOpenTerminal }],
        [
          { text: texts.terminal.clear, action: () => screen.clearScrollback() },
          { text: texts.terminal.reset, action: () => screen.reset() },
        ],
        [
          { text: texts.terminal.files.uploadItem, action: on.onUpload },
          { text: texts.terminal.files.fetchItem, action: on.onFetch },
        ],
        [
          { text: texts.terminal.downloadText, action: () => download(fileName(lesson, 'txt'), screen.text()) },
          {
            text: texts.terminal.downloadRecording,
            action: () => download(fileName(lesson, 'cast'), screen.recording.asciicast(lesson)),
          },
        ],
        [{ text: texts.terminal.settingsItem, action: on.onSettings }],
      ]}
    />
  );
}
