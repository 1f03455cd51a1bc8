// Lesson and workplace: beside or above each other with a divider, or one at a time with a bar of tabs.

import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { LessonRun } from '../lesson/lesson-run.ts';
import { texts } from '../texts.ts';
import { Divider } from './divider.tsx';
import { besideLesson } from './divider-position.ts';
import { PaneTabs } from './pane-tabs.tsx';
import { useShare } from './use-share.ts';
import { VerdictStrip } from './verdict-strip.tsx';

type Props = { run: LessonRun; lesson: ComponentChildren; workplace: ComponentChildren };

export function Split({ run, lesson, workplace }: Props) {
  const host = useRef<HTMLElement>(null);
  const { panes } = run;
  const { lesson: place } = panes.arrangement.value;
  const between = besideLesson(panes.arrangement.value);
  const share = useShare(between);
  const shown = panes.lessonShown.value;
  const loading = run.loading.value;
  return (
    <main
      ref={host}
      class="split"
      data-place={place}
      data-lesson={shown ? 'shown' : 'away'}
      data-workplace={place === 'tabs' && shown ? 'away' : 'shown'}
      style={{ '--share': `${share.value}%` }}
    >
      {!shown && loading.state === 'loaded' && (
        <h1 class="visually-hidden" lang={loading.lesson.language}>
          {loading.lesson.title}
        </h1>
      )}
      {lesson}
      {place !== 'tabs' && (
        <Divider
          host={host}
          between={between}
          share={share}
          label={texts.panes.lessonDivider}
          controls="lesson"
          foldable="first"
          folded={!shown}
          onFold={(folded) => (folded ? panes.hide('lesson') : panes.show('lesson'))}
        />
      )}
      {workplace}
      <VerdictStrip run={run} />
      {place === 'tabs' && <PaneTabs panes={panes} />}
    </main>
  );
}
