// Says that Docker Hub is a practice one here.

import { texts } from '../texts.ts';

/** A badge that opens the explanation. */
export function PracticeHubBadge() {
  return (
    <>
      <button type="button" class="badge badge-quiet" popovertarget="practice-hub">
        <span class="badge-long">{texts.practiceHub.badge}</span>
        <span class="badge-short" aria-hidden="true">
          {texts.practiceHub.short}
        </span>
      </button>
      <div id="practice-hub" class="popover popover-near-terminal" popover="auto">
        <h2>{texts.practiceHub.heading}</h2>
        <p>{texts.practiceHub.text}</p>
      </div>
    </>
  );
}
