// The field for searching the terminal, over its corner.

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icons.tsx';
import { texts } from '../texts.ts';
import type { TerminalScreen } from './terminal-screen.ts';

type Props = { screen: TerminalScreen; asked: number; onClose: () => void };

export function SearchBar({ screen, asked, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const text = useSignal(screen.selection.includes('\n') ? '' : screen.selection);
  // Before the next key, which is meant for it.
  useLayoutEffect(() => {
    field.current?.select();
    field.current?.focus();
  }, [asked]);
  useEffect(() => () => screen.search.stop(), []);
  const find = (way: 'older' | 'newer') => screen.search.find(text.value, way);
  const close = () => {
    onClose();
    screen.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === field.current) find(event.shiftKey ? 'newer' : 'older');
    else return;
    event.preventDefault();
  };
  const found = screen.search.found.value;
  return (
    <search class="terminal-search" onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="text"
        aria-label={texts.terminal.search}
        placeholder={texts.terminal.search}
        autocomplete="off"
        spellcheck={false}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          find('older');
        }}
      />
      <span class="terminal-found" role="status">
        {found && text.value !== '' && foundText(found)}
      </span>
      <button type="button" class="icon-button" aria-label={texts.terminal.older} onClick={() => find('older')}>
        <Icon name="up" />
      </button>
      <button type="button" class="icon-button" aria-label={texts.terminal.newer} onClick={() => find('newer')}>
        <Icon name="down" />
      </button>
      <button type="button" class="icon-button" aria-label={texts.terminal.closeSearch} onClick={close}>
        <Icon name="cross" />
      </button>
    </search>
  );
}

function foundText({ at, of }: { at: number; of: number }): string {
  const words = texts.terminal.found;
  if (of === 0) return words.none;
  return at > 0 ? words.at({ at, all: of }) : words.some({ all: of });
}
