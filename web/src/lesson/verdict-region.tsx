// The last word on a step, beside it and announced politely. What is the learner's and what is ours look different.

import { Message } from '../message.tsx';
import { texts } from '../texts.ts';
import type { ShownVerdict } from '../verdicts.ts';

type Props = { verdict: ShownVerdict; current: boolean; folded: boolean };

export function VerdictRegion({ verdict: { last, checking }, current, folded }: Props) {
  // A folded step keeps only what a pass said; a fail belongs to the work under way.
  const kept = last?.state === 'pass' && last.message !== '';
  const shown = folded && !kept ? null : last;
  return (
    <div class="verdict" data-verdict={shown?.state ?? 'none'} data-folded={folded} hidden={!shown && !current}>
      <div aria-live="polite" class="verdict-words">
        {shown ? (
          <>
            <strong>
              {shown.state === 'pass' && <span aria-hidden="true">✓ </span>}
              {texts.step[shown.state]}
            </strong>{' '}
            <span>
              <Message text={shown.message} />
            </span>
          </>
        ) : (
          current && <span class="verdict-idle">{texts.step.idle}</span>
        )}
      </div>
      <span class="verdict-checking" data-on={checking} title={checking ? texts.step.checking : undefined} />
    </div>
  );
}
