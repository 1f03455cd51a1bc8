// The terminal's menu: copy, paste, select all, clear; by pointer, touch and keys.

import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { copyText, readText } from './clipboard.ts';
import type { TerminalScreen } from './terminal-screen.ts';

/** A point of the window; the menu's far end stands there with `alignEnd`. */
export type MenuPlace = { x: number; y: number; alignEnd?: boolean };

type Props = { screen: TerminalScreen; place: MenuPlace; onClose: () => void; onPasteByHand: () => void };

export function TerminalMenu({ screen, place, onClose, onPasteByHand }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const buttons = () => [...(host.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])];

  useLayoutEffect(() => {
    const menu = host.current;
    if (!menu) return;
    const { width, height } = menu.getBoundingClientRect();
    const left = place.alignEnd ? place.x - width : place.x;
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(place.y, innerHeight - height - 8))}px`;
    buttons()[0]?.focus();
  }, [place]);

  useEffect(() => {
    const onOutside = (event: Event) => !host.current?.contains(event.target as Node) && onClose();
    document.addEventListener('pointerdown', onOutside, { capture: true });
    window.addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', onOutside, { capture: true });
      window.removeEventListener('blur', onClose);
    };
  }, []);

  const choose = (action: () => unknown) => {
    onClose();
    screen.focus();
    action();
  };
  const paste = async () => {
    const text = await readText();
    if (text === null) onPasteByHand();
    else screen.paste(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
    else if (event.key === 'ArrowUp') all.at(at - 1)?.focus();
    else if (event.key === 'Home') all[0]?.focus();
    else if (event.key === 'End') all.at(-1)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') choose(() => {});
    else return;
    event.preventDefault();
  };

  const item = (text: string, action: () => unknown, disabled = false) => (
    <button type="button" role="menuitem" tabIndex={-1} disabled={disabled} onClick={() => choose(action)}>
      {text}
    </button>
  );
  const { selection } = screen;
  return (
    <div ref={host} class="menu" role="menu" tabIndex={-1} aria-label={texts.terminal.menu} onKeyDown={onKeyDown}>
      {item(texts.terminal.copy, () => copyText(selection), selection === '')}
      {item(texts.terminal.paste, paste)}
      {item(texts.terminal.selectAll, () => screen.selectAll())}
      {item(texts.terminal.clear, () => screen.clearScrollback())}
    </div>
  );
}
