// The last minutes of a computer whose time ends: how many are left, and how to keep it; told once in the terminal, too.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TimeNotice } from '../../../protocol/session.ts';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { texts } from '../texts.ts';
import { clockOf } from './clock.ts';

type Props = { run: LessonRun; ending: Extract<TimeNotice, { state: 'ending' }> };

export function TimeLeft({ run, ending }: Props) {
  const words = texts.terminal.time;
  const left = useSignal(ending.endsInMs);
  useEffect(() => {
    const endMs = performance.now() + ending.endsInMs;
    const show = () => {
      left.value = Math.max(0, endMs - performance.now());
    };
    show();
    const timer = setInterval(show, 1000);
    return () => clearInterval(timer);
  }, [ending]);
  useEffect(() => {
    run.screen.peek()?.notice(`${words.ending[ending.why]({ left: clockOf(ending.endsInMs) })} ${words.keeps}`);
  }, [ending.why]);

  return (
    <>
      {/* Read out once, not every second. */}
      <p aria-hidden="true">{words.ending[ending.why]({ left: clockOf(left.value) })}</p>
      <p class="visually-hidden">{`${words.aloud({ n: Math.ceil(ending.endsInMs / 60_000) })} ${words.keeps}`}</p>
      {ending.extendable && (
        <button type="button" class="button" onClick={() => void run.extendTime()}>
          {ending.why === 'idle' ? words.here : words.longer}
        </button>
      )}
    </>
  );
}
