// For a learner: that somebody shows their terminal, which one opens, puts away, and comes back to.

import { roomTexts } from '../room-texts.ts';
import type { BroadcastState } from './broadcast-state.ts';

type Props = {
  state: BroadcastState;
  /** It stands over the terminal: only until one has answered it. */
  over: boolean;
};

export function BroadcastNotice({ state, over }: Props) {
  const texts = roomTexts.broadcast;
  const now = state.now.value;
  const open = state.opened.value !== null;
  return (
    <div class="help-told" role="status">
      {now && !(over && state.answered.value) && (
        <div class="help-broadcast">
          <p>{texts.shows({ name: now.by })}</p>
          <p class="wall-hand-actions">
            <button
              type="button"
              class="button"
              aria-expanded={open}
              onClick={() => (open ? state.putAway() : state.open())}
            >
              {open ? texts.putAway : texts.look}
            </button>
            {over && (
              <button type="button" class="quiet-button" onClick={() => state.putAway()}>
                {texts.later}
              </button>
            )}
          </p>
        </div>
      )}
    </div>
  );
}
