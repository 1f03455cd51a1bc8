// The last word on a step, for whoever has the lesson out of sight: one line, and the way to all of it.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { Message } from '../message.tsx';
import { texts } from '../texts.ts';

export function VerdictStrip({ run }: { run: LessonRun }) {
  const shown = run.panes.lessonShown.value;
  const verdict = run.session.value?.verdict ?? null;
  const said = verdict && `${verdict.step} ${verdict.state} ${verdict.message}`;
  /** What was said when the lesson was last in sight; the same said again is news. */
  const seen = useSignal(said);
  useEffect(() => {
    if (shown || verdict?.state === 'checking') seen.value = said;
  }, [shown, said]);
  const isNews = !shown && said !== seen.value;
  const loading = run.loading.value;
  const steps = loading.state === 'loaded' ? loading.lesson.steps : [];
  const next = steps.find(({ id }) => id === run.progress.value?.current);
  return (
    <div class="verdict-strip" role="status" data-verdict={isNews && verdict ? verdict.state : 'none'}>
      {isNews && verdict && verdict.state !== 'checking' && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a very long one scrolls, and keys must reach it */}
          <p tabIndex={0}>
            <strong>
              {verdict.state === 'pass' && <span aria-hidden="true">✓ </span>}
              {texts.step[verdict.state]}
            </strong>{' '}
            {verdict.state === 'pass' ? (
              next && texts.panes.nextStep({ title: next.title })
            ) : (
              <Message text={verdict.message} />
            )}
          </p>
          <button type="button" class="button" onClick={() => run.panes.show('lesson')}>
            {texts.panes.toLesson}
          </button>
        </>
      )}
    </div>
  );
}
