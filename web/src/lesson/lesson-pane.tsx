// The lesson's side of the page: progress, introduction, steps, and the way on.

import { useRef } from 'preact/hooks';
import type { Lesson } from '../../../protocol/lesson.ts';
import { TermTip } from '../glossary/term-tip.tsx';
import { Message } from '../message.tsx';
import { Loading } from '../parts/loading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { countSteps } from '../progress.ts';
import { texts } from '../texts.ts';
import { LessonEnd } from './lesson-end.tsx';
import { LessonHead } from './lesson-head.tsx';
import { LessonHtml } from './lesson-html.tsx';
import type { LessonRun } from './lesson-run.ts';
import { LessonSources } from './lesson-sources.tsx';
import { RestartButton } from './restart-dialog.tsx';
import { RoomTools } from './room-tools.tsx';
import { SetupFailure } from './setup-failure.tsx';
import { StepList } from './step-list.tsx';

export function LessonPane({ run }: { run: LessonRun }) {
  const pane = useRef<HTMLElement>(null);
  const loading = run.loading.value;
  return (
    <section id="lesson" ref={pane} class="lesson-pane" tabIndex={-1} aria-label={texts.lesson.region}>
      {loading.state === 'loaded' ? (
        <LoadedLesson run={run} lesson={loading.lesson} pane={pane} />
      ) : (
        <Loading shape="lesson" />
      )}
      <TermTip />
    </section>
  );
}

type Props = { run: LessonRun; lesson: Lesson; pane: { current: HTMLElement | null } };

function LoadedLesson({ run, lesson, pane }: Props) {
  const failed = run.failed.value;
  const dismiss = () => {
    run.failed.value = null;
  };
  return (
    <>
      <LessonProgressBar run={run} lesson={lesson} />
      <div class="lesson-flow">
        <LessonHead lesson={lesson} />
        {lesson.introHtml && <LessonHtml html={lesson.introHtml} run={run} />}
        <StepList run={run} lesson={lesson} pane={pane} />
        <LessonEnd run={run} lesson={lesson} />
        <LessonSources sources={lesson.sources} />
      </div>
      <SetupFailure run={run} />
      {failed && (
        <div class="pane-problem">
          <ProblemNotice problem={failed.problem} onRetry={failed.retry} onDismiss={dismiss} />
        </div>
      )}
    </>
  );
}

function LessonProgressBar({ run, lesson }: { run: LessonRun; lesson: Lesson }) {
  const progress = run.progress.value;
  if (!progress) return null;
  const { passed, all } = countSteps(progress, lesson);
  const setup = run.setup.value;
  const text = texts.lesson.progress({ n: passed, m: all });
  return (
    <div class="lesson-status">
      {setup?.state === 'running' ? (
        <span class="lesson-setup">
          <span class="lesson-setup-lamp" aria-hidden="true" />
          <span>
            <Message text={texts.lesson.settingUp({ doing: setup.doing })} />
          </span>
        </span>
      ) : (
        <span class="lesson-count">{text}</span>
      )}
      <div
        class="progress"
        role="progressbar"
        aria-label={text}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={passed}
      >
        {lesson.steps.map((step) => (
          <span key={step.id} data-mark={progress.marks[step.id] ?? 'none'} />
        ))}
      </div>
      <RoomTools />
      <RestartButton run={run} />
    </div>
  );
}
