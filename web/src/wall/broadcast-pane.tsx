// The terminal that somebody shows to the class, beside or over what one does oneself, which goes on.

import { useEffect, useRef } from 'preact/hooks';
import { routes } from '../../../protocol/http.ts';
import { Icon } from '../parts/icons.tsx';
import { roomTexts } from '../room-texts.ts';
import type { BroadcastState } from './broadcast-state.ts';
import { LookedOnTerminal } from './looked-on-terminal.tsx';
import { OverThePage } from './over-the-page.tsx';

type Props = { ofClass: number; state: BroadcastState };

export function BroadcastPane({ ofClass, state }: Props) {
  if (!state.opened.value) return null;
  return (
    <OverThePage as="broadcast-over">
      <Pane ofClass={ofClass} state={state} />
    </OverThePage>
  );
}

function Pane({ ofClass, state }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.show(), []);
  const texts = roomTexts.broadcast;
  const { opened } = state;
  const { id, by } = opened.value ?? { id: '', by: '' };
  const over = state.now.value === null;
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="broadcast-pane"
      aria-labelledby="broadcast"
      onClose={() => state.putAway()}
      onKeyDownCapture={(event) => event.key === 'Escape' && close()}
    >
      <div class="broadcast-head">
        <h2 id="broadcast">{texts.heading({ name: by })}</h2>
        <button type="button" class="icon-button" aria-label={texts.close} title={texts.close} onClick={close}>
          <Icon name="cross" />
        </button>
      </div>
      <p class="broadcast-word" role="status" data-over={over ? '' : undefined}>
        {over ? texts.over({ name: by }) : texts.readOnly}
      </p>
      <LookedOnTerminal
        key={id}
        path={routes.broadcastSocket(ofClass)}
        label={texts.terminal({ name: by })}
        over={over}
      />
    </dialog>
  );
}
