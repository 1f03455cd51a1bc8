// The command palette: everything the page can do or show, found by a few letters. Ctrl+K or Cmd+K opens it; in the terminal,
// where Ctrl+K is the shell's, Ctrl+Shift+K or Cmd+Shift+K.

import { signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { LessonSummary } from '../../../protocol/lesson.ts';
import { getLessons } from '../api.ts';
import { texts } from '../texts.ts';
import { actionsNow } from './actions.ts';
import { fitting } from './fuzzy.ts';

const isOpen = signal(false);
export const openPalette = (): void => {
  isOpen.value = true;
};

function followKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k') return;
    const inTerminal = document.activeElement?.closest('#terminal') ?? null;
    if (inTerminal && !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    isOpen.value = !isOpen.peek();
  };
  document.addEventListener('keydown', onKeyDown, { capture: true });
  return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
}

export function Palette() {
  useEffect(followKeys, []);
  return isOpen.value ? <OpenPalette /> : null;
}

function OpenPalette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal('');
  const at = useSignal(0);
  const lessons = useSignal<readonly LessonSummary[]>([]);
  // Before the next key comes: whoever types on at once means the field.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    getLessons().then(
      (all) => {
        lessons.value = all;
      },
      () => undefined, // All else is there without them.
    );
  }, []);
  // What comes later stands below: nothing moves under a pointer.
  const places = useRef(new Map<string, number>()).current;
  const actions = actionsNow(lessons.value);
  for (const { id } of actions) if (!places.has(id)) places.set(id, places.size);
  actions.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  const found = fitting(typed.value, actions, ({ group, text }) => `${text} ${group}`);
  const chosen = found[Math.min(at.value, found.length - 1)];
  const move = (to: number) => {
    at.value = (to + found.length) % Math.max(1, found.length);
    document.getElementById(`palette-${found[at.peek()]?.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  const act = (action = chosen) => {
    if (!action) return;
    // First, so that the focus is given back before the action moves it.
    dialog.current?.close();
    action.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(at.peek() + 1);
    else if (event.key === 'ArrowUp') move(Math.min(at.peek(), found.length - 1) - 1);
    else if (event.key === 'Enter') act();
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label={texts.palette.label}
      closedby="any"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `palette-${chosen.id}` : undefined}
        aria-label={texts.palette.label}
        placeholder={texts.palette.placeholder}
        autocomplete="off"
        spellcheck={false}
        value={typed.value}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label={texts.palette.found}>
        {found.map((action) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as a combobox has it
          <div
            key={action.id}
            id={`palette-${action.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={action === chosen}
            onClick={() => act(action)}
          >
            <span lang={action.language}>{action.text}</span>
            <small>{action.group}</small>
          </div>
        ))}
      </div>
      <p role="status" class={found.length > 0 ? 'visually-hidden' : 'palette-none'}>
        {found.length > 0 ? texts.palette.count({ n: found.length }) : texts.palette.none}
      </p>
    </dialog>
  );
}
