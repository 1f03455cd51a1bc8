// What a teacher has sent to a learner or done for them, who looks on at their terminal, and whether the class is paused.

import type { HelpItem } from '../../../protocol/room.ts';
import { openRun } from '../palette/actions.ts';
import { roomTexts } from '../room-texts.ts';
import { dismissHelp } from './help-api.ts';

type Props = { items: readonly HelpItem[]; watchers: readonly string[]; pausedBy: string | null };

export function HelpList({ items, watchers, pausedBy }: Props) {
  const texts = roomTexts.help;
  if (items.length === 0 && watchers.length === 0 && pausedBy === null) return null;
  return (
    <div class="help-list" role="status">
      {pausedBy !== null && (
        <p class="help-paused">
          <strong>{texts.paused({ name: pausedBy })}</strong> {texts.standsStill}
        </p>
      )}
      {watchers.length > 0 && <p class="help-watchers">{texts.watchers({ names: watchers.join(', ') })}</p>}
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
