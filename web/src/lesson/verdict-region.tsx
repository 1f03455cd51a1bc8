// The last word on a step, beside it and announced politely. What is the learner's and what is ours look different.

import type { ComponentChildren } from 'preact';
import { Message } from '../message.tsx';
import { SERVER_LANGUAGE } from '../parts/text-language.ts';
import { texts } from '../texts.ts';
import type { Awaited, ShownVerdict } from '../verdicts.ts';

type Props = {
  verdict: ShownVerdict;
  /** Null for a step that waits for nothing. */
  waits: Awaited | null;
  folded: boolean;
  /** What can be asked about the verdict; not announced. */
  children: ComponentChildren;
};

export function VerdictRegion({ verdict: { last, checking }, waits, folded, children }: Props) {
  // A folded step keeps only what a pass said; a fail belongs to the work under way.
  const kept = last?.state === 'pass' && last.message !== '';
  const shown = folded && !kept ? null : last;
  return (
    <div class="verdict" data-verdict={shown?.state ?? 'none'} data-folded={folded} hidden={!shown && !waits}>
      <div aria-live="polite" class="verdict-words">
        {shown ? (
          <>
            {shown.command && !folded && (
              <code class="verdict-command">
                <span class="visually-hidden">{texts.step.onCommand}: </span>
                {shown.command}
              </code>
            )}
            <strong>
              {shown.state === 'pass' && <span aria-hidden="true">✓ </span>}
              {shown.state === 'pass' && waits ? texts.step.doneInTerminal : texts.step[shown.state]}
            </strong>{' '}
            <span lang={SERVER_LANGUAGE}>
              <Message text={shown.message} />
            </span>
            {shown.state === 'pass' && waits && <span> {texts.step.answer({ n: waits.quizzes })}</span>}
          </>
        ) : (
          waits && <span class="verdict-idle">{idleText(waits)}</span>
        )}
      </div>
      <span class="verdict-checking" data-on={checking} title={checking ? texts.step.checking : undefined} />
      {shown && !folded && children}
    </div>
  );
}

function idleText({ checks, quizzes }: Awaited): string {
  if (!checks) return texts.step.answer({ n: quizzes });
  return quizzes === 0 ? texts.step.checksItself : texts.step.checksAndAsks({ n: quizzes });
}
