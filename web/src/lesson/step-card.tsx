// One step: its heading folds and unfolds it, and below the text stand its quizzes, its verdict and what can be done.

import { useRef } from 'preact/hooks';
import type { Lesson } from '../../../protocol/lesson.ts';
import { Icon } from '../parts/icons.tsx';
import { quizzesRight, type StepState, untouched } from '../progress.ts';
import { QuizCard } from '../quiz/quiz-card.tsx';
import { texts } from '../texts.ts';
import { awaited, type ShownVerdict } from '../verdicts.ts';
import { Hints } from './hints.tsx';
import { LessonHtml } from './lesson-html.tsx';
import type { LessonRun } from './lesson-run.ts';
import { StepHeading } from './step-heading.tsx';
import { VerdictMore } from './verdict-more.tsx';
import { VerdictRegion } from './verdict-region.tsx';

type Props = {
  run: LessonRun;
  step: Lesson['steps'][number];
  number: number;
  state: StepState;
  open: boolean;
  /** Passed a moment ago; about to fold. */
  leaving: boolean;
  /** Passed, and stays until the learner goes on. */
  onGoOn: (() => void) | null;
  verdict: ShownVerdict;
  onToggle: () => void;
};

export function StepCard({ run, step, number, state, open, leaving, onGoOn, verdict, onToggle }: Props) {
  const progress = run.progress.value ?? untouched(null);
  const body = `step-${step.id}`;
  const right = quizzesRight(progress, step);
  const working = state === 'current';
  // What nobody has unfolded yet is not made: most of a lesson, when it is first shown.
  const made = useRef(false);
  made.current ||= open;
  const quizzes = (
    <div key="quizzes" class="quizzes" hidden={!open}>
      {made.current &&
        step.quizzes.map((quiz, index) => (
          <QuizCard key={index} run={run} step={step.id} index={index} quiz={quiz} right={right[index] ?? false} />
        ))}
    </div>
  );
  const word = (
    <VerdictRegion
      key="verdict"
      verdict={verdict}
      waits={working && open ? awaited(step, progress.checked.includes(step.id), right) : null}
      folded={!open}
    >
      {step.showable && <VerdictMore run={run} step={step.id} verdict={verdict} />}
    </VerdictRegion>
  );
  return (
    <li class="step" data-step={step.id} data-state={state} data-open={open}>
      <StepHeading
        number={number}
        title={step.title}
        state={state}
        shown={progress.shown.includes(step.id)}
        open={open}
        body={body}
        onToggle={onToggle}
      />
      <div id={body} class="step-body" hidden={!open}>
        {made.current && <LessonHtml html={step.html} run={run} step={step.id} />}
      </div>
      {step.showable ? [word, quizzes] : [quizzes, word]}
      {onGoOn && (
        <button type="button" class="button button-main step-go-on" onClick={onGoOn}>
          {texts.step.goOn}
          <Icon name="arrow" />
        </button>
      )}
      <div class="step-after" hidden={!open || onGoOn !== null} data-leaving={leaving}>
        <Hints run={run} step={step} open={working || leaving}>
          {working || leaving ? (
            <button type="button" class="quiet-button" onClick={() => void run.skip(step.id)}>
              {texts.step.skip}
            </button>
          ) : (
            <button type="button" class="button" onClick={() => void run.workOn(step.id)}>
              {texts.step.workOn}
            </button>
          )}
        </Hints>
      </div>
    </li>
  );
}
