// What a teacher has sent to a learner or done for them.

import type { HelpItem } from '../../../protocol/room.ts';
import { openRun } from '../palette/actions.ts';
import { roomTexts } from '../room-texts.ts';
import { dismissHelp } from './help-api.ts';

export function HelpList({ items }: { items: readonly HelpItem[] }) {
  const texts = roomTexts.help;
  if (items.length === 0) return null;
  return (
    <div class="help-list" role="status">
      {items.map(({ id, from, kind, text }) => (
        <div key={id} class="help-item">
          <p>{texts.from[kind]({ name: from })}</p>
          {(kind === 'hint' || kind === 'step' || kind === 'restart') && <p translate={false}>{text}</p>}
          {kind === 'command' && <code>{text}</code>}
          {kind === 'link' && (
            <a href={text} target="_blank" rel="noreferrer noopener" translate={false}>
              {text}
            </a>
          )}
          <p class="wall-hand-actions">
            {kind === 'command' && (
              <button type="button" class="button" onClick={() => insert(text)}>
                {texts.insert}
              </button>
            )}
            <button type="button" class="quiet-button" onClick={() => void dismissHelp(id).catch(console.warn)}>
              {texts.dismiss}
            </button>
          </p>
        </div>
      ))}
    </div>
  );
}

/** Without Return: whether it runs is the learner's. */
function insert(command: string): void {
  const run = openRun.peek();
  if (!run) return;
  run.focusTerminal();
  run.screen.peek()?.type(command);
}
