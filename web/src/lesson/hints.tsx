// A step's hints, unlocked one at a time, and the way out of it: the solution, typed for the learner.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Lesson } from '../../../protocol/lesson.ts';
import { texts } from '../texts.ts';
import { LessonHtml } from './lesson-html.tsx';
import type { LessonRun } from './lesson-run.ts';
import { ShowMe } from './show-me.tsx';

type Props = {
  run: LessonRun;
  step: Lesson['steps'][number];
  /** Whether help is still of use: the step is worked on. */
  open: boolean;
  children: ComponentChildren;
};

/** The buttons stand beside `children`; the hints follow below both. */
export function Hints({ run, step, open, children }: Props) {
  const taken = run.progress.value?.hints[step.id] ?? [];
  const shown = run.progress.value?.shown.includes(step.id) ?? false;
  const noneFits = useSignal(false);
  const busy = useSignal(false);
  const pressed = useRef(false);
  const host = useRef<HTMLDivElement>(null);
  const left = step.hints.length - taken.length;

  useLayoutEffect(() => {
    noneFits.value = false;
    // The button goes with the last hint; focus must not go with it.
    if (pressed.current && left <= 0) host.current?.querySelector<HTMLElement>('.hint:last-of-type')?.focus();
    pressed.current = false;
  }, [taken.length]);

  const take = async () => {
    if (busy.peek()) return;
    busy.value = true;
    pressed.current = true;
    const more = await run.takeHint(step.id);
    busy.value = false;
    noneFits.value = more === false;
  };
  return (
    <>
      <div class="step-actions">
        {open && left > 0 && (
          <button type="button" class="button" aria-disabled={busy.value} onClick={() => void take()}>
            {noneFits.value ? texts.step.hintAgain : texts.step.hint({ n: taken.length + 1, m: step.hints.length })}
          </button>
        )}
        {open && step.showable && (left <= 0 || noneFits.value || shown) && (
          <ShowMe run={run} step={step.id} again={shown} />
        )}
        {children}
      </div>
      {/* The last one gets the focus, which reads it. */}
      <div ref={host} class="hints" aria-live={left > 0 ? 'polite' : 'off'}>
        {taken.map((index) => (
          <div key={index} class="hint" tabIndex={-1}>
            <LessonHtml html={step.hints[index] ?? ''} run={run} step={step.id} />
          </div>
        ))}
        {noneFits.value && <p class="no-hint">{step.showable ? texts.step.noHintFits : texts.step.noHintFitsQuiz}</p>}
      </div>
    </>
  );
}
