// 'This check is wrong': one click stores it with what was seen; who likes can add a note.

import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { LessonRun } from './lesson-run.ts';

type State = 'offered' | 'sending' | 'thanks' | 'noted';

export function ReportButton({ run, step }: { run: LessonRun; step: string }) {
  const state = useSignal<State>('offered');
  const note = useSignal('');
  const words = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    // The button that was pressed is gone; focus must not go with it.
    if (state.value === 'thanks' || state.value === 'noted') words.current?.focus();
  }, [state.value]);

  const send = async (text: string) => {
    const before = state.peek();
    state.value = 'sending';
    const sent = await run.report(step, text);
    if (!sent) state.value = before;
    else state.value = text === '' ? 'thanks' : 'noted';
  };
  if (state.value === 'offered' || (state.value === 'sending' && note.value === '')) {
    return (
      <button type="button" class="small-button" disabled={state.value === 'sending'} onClick={() => void send('')}>
        {texts.report.button}
      </button>
    );
  }
  return (
    <div class="report">
      <p ref={words} tabIndex={-1}>
        {state.value === 'noted' ? texts.report.noted : texts.report.thanks}
      </p>
      {state.value !== 'noted' && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (note.peek().trim() !== '') void send(note.peek().trim());
          }}
        >
          <label>
            {texts.report.note}
            <textarea
              rows={2}
              maxLength={1000}
              value={note.value}
              onInput={(event) => {
                note.value = event.currentTarget.value;
              }}
            />
          </label>
          <button type="submit" class="button" disabled={state.value === 'sending'}>
            {texts.report.send}
          </button>
        </form>
      )}
    </div>
  );
}
