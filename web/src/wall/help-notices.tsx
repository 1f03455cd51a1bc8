// What a learner must see of the room whatever else they look at: a pause, who asks for the keyboard or types, who looks on.

import type { Keyboard } from '../../../protocol/room.ts';
import { roomTexts } from '../room-texts.ts';
import { KeyboardNotice } from './keyboard-notice.tsx';

type Props = { watchers: readonly string[]; pausedBy: string | null; keyboard: Keyboard | null };

export function HelpNotices({ watchers, pausedBy, keyboard }: Props) {
  const texts = roomTexts.help;
  if (watchers.length === 0 && pausedBy === null && !keyboard) return null;
  return (
    <div class="help-list" role="status">
      {pausedBy !== null && (
        <p class="help-paused">
          <strong>{texts.paused({ name: pausedBy })}</strong> {texts.standsStill}
        </p>
      )}
      {keyboard && <KeyboardNotice keyboard={keyboard} />}
      {watchers.length > 0 && <p class="help-watchers">{texts.watchers({ names: watchers.join(', ') })}</p>}
    </div>
  );
}
