// A step's hints, shown one at a time, from a nudge to nearly the command.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { LessonHtml } from './lesson-html.tsx';
import type { LessonRun } from './lesson-run.ts';

type Props = { hints: string[]; run: LessonRun; children: ComponentChildren };

/** The button for the next hint stands beside `children`; the hints follow below both. */
export function Hints({ hints, run, children }: Props) {
  const count = useSignal(0);
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The button goes with the last hint; focus must not go with it.
    if (count.value > 0 && count.value === hints.length)
      host.current?.querySelector<HTMLElement>('.hint:last-child')?.focus();
  }, [count.value]);
  return (
    <>
      <div class="step-actions">
        {count.value < hints.length && (
          <button
            type="button"
            class="button"
            onClick={() => {
              count.value += 1;
            }}
          >
            {texts.step.hint(count.value + 1, hints.length)}
          </button>
        )}
        {children}
      </div>
      <div ref={host} class="hints" aria-live="polite">
        {hints.slice(0, count.value).map((hint) => (
          <div key={hint} class="hint" tabIndex={-1}>
            <LessonHtml html={hint} run={run} />
          </div>
        ))}
      </div>
    </>
  );
}
