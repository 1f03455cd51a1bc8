// How much of the learner's disk is used, as a small bar that opens the numbers.

import type { Space } from '../../../protocol/session.ts';
import { binaryBytes } from '../amounts.ts';
import { Message } from '../message.tsx';
import { texts } from '../texts.ts';

export function SpaceMeter({ space: { state, percent, usedBytes, limitBytes } }: { space: Space }) {
  const shown = Math.min(percent, 100);
  const label = texts.space.label({ share: percent / 100 });
  return (
    <>
      <button
        type="button"
        class="badge badge-quiet space-meter"
        data-state={state}
        popovertarget="space"
        aria-label={label}
        title={label}
      >
        <span class="space-bar" aria-hidden="true">
          <span style={{ inlineSize: `${shown}%` }} />
        </span>
        <span>{texts.space.meter({ share: percent / 100 })}</span>
      </button>
      <div id="space" class="popover popover-near-terminal" popover="auto">
        <h2>{texts.space.heading}</h2>
        <p>{texts.space.used({ used: binaryBytes(usedBytes), limit: binaryBytes(limitBytes) })}</p>
        <p class="space-inside">
          <Message text={texts.space.inside} />
        </p>
      </div>
    </>
  );
}
