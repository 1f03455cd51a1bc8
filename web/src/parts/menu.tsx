// A menu at a place of the window: by pointer, touch and keys.

import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** A point of the window; the menu's far end stands there with `alignEnd`. */
export type MenuPlace = { x: number; y: number; alignEnd?: boolean };
export type MenuItem = { text: string; keys?: string; disabled?: boolean; action: () => unknown };

type Props = {
  label: string;
  place: MenuPlace;
  /** What the menu is about, above its items. */
  about?: { title: string; text: string };
  /** Groups of items, with a line between. */
  groups: readonly (readonly MenuItem[])[];
  onClose: () => void;
  /** Gives the focus back: before an item's action, and where Escape or Tab leaves the menu. */
  onFocusBack: (chosen: boolean) => void;
};

export function Menu({ label, place, about, groups, onClose, onFocusBack }: Props) {
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

  const leave = (action?: () => unknown) => {
    onClose();
    onFocusBack(action !== undefined);
    action?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
    else if (event.key === 'ArrowUp') all.at(at - 1)?.focus();
    else if (event.key === 'Home') all[0]?.focus();
    else if (event.key === 'End') all.at(-1)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') leave();
    else return;
    event.preventDefault();
  };

  return (
    <div ref={host} class="menu" role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
      {about && (
        <div class="menu-about" role="presentation">
          <code>{about.title}</code>
          <span>{about.text}</span>
        </div>
      )}
      {groups.map((items, at) => (
        <Fragment key={at}>
          {at > 0 && <hr />}
          {items.map(({ text, keys, disabled, action }) => (
            <button
              key={text}
              type="button"
              role="menuitem"
              tabIndex={-1}
              disabled={disabled}
              onClick={() => leave(action)}
            >
              {text}
              {keys && <kbd>{keys}</kbd>}
            </button>
          ))}
        </Fragment>
      ))}
    </div>
  );
}
