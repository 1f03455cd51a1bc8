// The terminal's settings: size of text, colours, screen reader; and its keys, the way out of it among them.

import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { keyNames } from './key-bindings.ts';
import { colours, fontSizes, rememberedLook } from './remembered-look.ts';
import type { TerminalScreen } from './terminal-screen.ts';

export function TerminalSettings({ screen, onClose }: { screen: TerminalScreen; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const remembered = rememberedLook();
  const look = remembered.value;
  useEffect(() => {
    dialog.current?.showModal();
    return () => screen.focus();
  }, []);
  const set = (change: Partial<typeof look>) => {
    remembered.value = { ...look, ...change };
  };
  const size = screen.fontSize;
  const resize = (by: number) => set({ fontSize: Math.min(fontSizes.most, Math.max(fontSizes.least, size + by)) });
  const words = texts.terminal.settings;
  return (
    <dialog
      ref={dialog}
      class="dialog terminal-settings"
      aria-labelledby="settings-heading"
      closedby="any"
      onClose={onClose}
    >
      <h2 id="settings-heading">{words.heading}</h2>
      <div class="setting">
        <span id="setting-size">{words.size}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand beside it */}
        <div role="group" class="stepper" aria-labelledby="setting-size">
          <button type="button" class="button" aria-label={words.smaller} onClick={() => resize(-1)}>
            −
          </button>
          <output aria-live="polite">{size}</output>
          <button type="button" class="button" aria-label={words.larger} onClick={() => resize(1)}>
            +
          </button>
        </div>
      </div>
      <label class="setting">
        <span>{words.colours}</span>
        <select
          value={look.colours}
          onChange={(event) => {
            const chosen = colours.find((name) => name === event.currentTarget.value);
            if (chosen) set({ colours: chosen });
          }}
        >
          {colours.map((name) => (
            <option key={name} value={name}>
              {words.colourNames[name]}
            </option>
          ))}
        </select>
      </label>
      <label class="setting">
        <span>
          {words.screenReader}
          <small>{words.screenReaderText}</small>
        </span>
        <input
          type="checkbox"
          checked={look.screenReader}
          onChange={(event) => set({ screenReader: event.currentTarget.checked })}
        />
      </label>
      <label class="setting">
        <span>
          {words.selectionCopies}
          <small>{words.selectionCopiesText}</small>
        </span>
        <input
          type="checkbox"
          checked={look.selectionCopies}
          onChange={(event) => set({ selectionCopies: event.currentTarget.checked })}
        />
      </label>
      <h3>{words.keys}</h3>
      <dl class="key-list">
        {keyNames().map(({ what, keys }) => (
          <div key={what}>
            <dt>{words.keyNames[what]}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
      </div>
    </dialog>
  );
}
